// Made by Tests/codes/make_tables.py; don't edit.
//
// IANA Language Subtag Registry of 2024-05-16 (language-tags 1.3.2); CLDR (langcodes 3.5.1,
// language-data 1.4.0); ISO 639-3 (pycountry 26.2.16).

/// Languages that exist, and what else they are called.
enum LanguageTable {
    /// Codes of two letters.
    static let twoLetters = """
        aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu \
        cv cy da de dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi \
        ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks \
        ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nd ne ng nl no \
        nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn \
        so sq sr ss st su sv sw ta te tg th ti tk tn to tr ts tt ty ug uk ur uz ve vi vo wa wo \
        xh yi yo za zh zu
        """

    /// Codes of three: the first two, and behind the colon each third.
    static let threeLetters = """
        aa:abcdefghiklnopqstuvwxz ab:abcdefghijlmnopqrstuvwxyz ac:abdefhiklmnpqrstuvwxyz \
        ad:abdefghijlnoqrstuwxyz ae:abcdeklmnqrsuwyz af:abdeghiknopstuz \
        ag:abcdefghijklmnoqrstuvwxyz ah:abghiklmnoprst ai:abcdefghijklmnopqrtwxy aj:aginswz \
        ak:bcdefghijklmopqrstuvwxyz al:acdefghijklmnopqrtuvwxyz am:abcefgijklmnopqrstuvwxyz \
        an:abcdefghijklmnopqrstuvwxyz ao:abcdefghijklmnrstuxz ap:abcdefghijklmnopqrstuvwxyz \
        aq:acdgklmnprtz ar:cdehijklnopqrstuvwxyz as:abcefghijklnopqrstuvwxyz \
        at:abcdeghijklmnopqrstuvwxyz au:abcdfghijklmnopqrstuwxyz av:bdiklmnostuv \
        aw:abcdeghikmnorstuvwxy ax:begklmx ay:abcdeghiklnopqstuyz az:abcdgmnotz \
        ba:abcdefghijlnoprstuvwxy bb:abcdefghijklmnopqrstuvwxyz bc:abdefghijkmnopqrstuvwyz \
        bd:abcdefghijklmnopqrstuvwxyz be:abcdefghijkmopqrstuvwxyz bf:abcdefghijklmnopqrstuwxyz \
        bg:abcdefgijklnopqrstuvwxyz bh:abcdefghijlmnopqrstuvwxyz bi:abdefgjklmnopqrtuvwxyz \
        bj:abcefghijklmnoprstuvwxyz bk:acdfghijklmnopqrstuvwxyz bl:abcdefhijklmnopqrstvwxyz \
        bm:abcdefghijklmnopqrstuvwxyz bn:abcdefgijklmnopqrstuvwxyz bo:abefghijklmnopqrtuvwxyz \
        bp:abcdeghijklmnopqrstuvwxyz bq:abcdfghijklmnopqrstuvwxyz br:abcdfghijklmnopqrstuvwxyz \
        bs:abcefghijklmnopqrstuvwxy bt:acdefghijklmnopqrstuvwxyz bu:abcdefghijkmnopqstuvwxyz \
        bv:abcdefghijklmnopqrtuvwxyz bw:abcdefghijklmnopqrstuwxyz bx:abcdefghijlmnopqsuvwxz \
        by:abcdefghijklmnopqrstvwxyz bz:abcdefghijklmnopqrstuvwxyz ca:abcdefghijklmnopqrsuvwxyz \
        cb:abcdeghijklnoqrstuvwy cc:acdeghjlmnoprs cd:acdefghijmnorsyz ce:abgklnty cf:adgm \
        cg:acgk ch:bcdfghjklmnopqrtwxyz ci:abcdehkmnprwy cj:aehikmnopsvy ck:bhlmnoqrstuvxyz \
        cl:acehijklmostuwy cm:acegilmorst cn:abcghiklopqstuwx co:abcdefghjklmnopqtuvwxz \
        cp:abcefginopsuxy cq:d cr:abcdfghijklmnopqrstvwxyz cs:abcdefghijklmnopqrstuvwxyz \
        ct:acdeghlmnopstuyz cu:abcghijklmopqrstuvwxy cv:gn cw:abegt cx:h cy:abo cz:hknot \
        da:acdeghijklmoqrsuvwxyz db:abdefgijlmnopqrtuvwy dc:cr dd:adegijnorsw \
        de:cdefghiklmnpqrsvz dg:abcdeghiklnrstuwxz dh:agilmnorsuvwx di:abcdfghijlmnoprsuwxyz \
        dj:abcdefijkmnoruw dk:agkrsx dl:gkmn dm:abcdefgklmnorsuvwxy dn:adegijknortuvwy \
        do:abcefhiklnopqrstvwxyz dp:p dr:abcdegilnoqstuy ds:behiklnoqz dt:abdhikmnoprstuy \
        du:abcefghiklmnopqrsuvwxyz dv:a dw:akrsuwyz dy:abdgimnoruy dz:adegln ea:a eb:cgkoru \
        ec:rsy ee:e ef:aei eg:almoxy eh:su ei:ptv ej:a ek:acegilmopry el:ehikmoux \
        em:abegimnopqsuwxyz en:abcdfhlmnoqruvwx eo:t ep:i er:aghikorstw es:eghilmnoqsuxy \
        et:bchnorstuxz eu:dq ev:ehn ew:o ex:t ey:ao ez:ae fa:abdfghijklmnpruxyz fb:l fc:s fe:r \
        ff:im fg:r fi:aeflprtuw fk:kv fl:ahilnry fm:pu fn:bgi fo:dimnrsx fp:e fq:s fr:cdkmopqrst \
        fs:els fu:bdefhijmnqrtuvy fv:r fw:ae ga:abcdefghijklmnopqrstuwxy \
        gb:abdefghijklmnpqrsuvwxyz gc:cdeflnrt gd:abcdefghijklmnoqrstux ge:abcdfghijklmqsvwxyz \
        gf:kt gg:abdegkltuw gh:acehklnorst gi:abcdeghilmnpqrstuwxyz gj:ikmnru gk:adenopu \
        gl:bcdhjkloruwy gm:abdeghlmnqruvwxyz gn:abcdeghijklmnqrtuwz \
        go:abcdefghijklmnopqrstuvwxyz gp:aen gq:ainru gr:abcdghijkmoqrstuvwxyz gs:eglmnopsw \
        gt:au gu:abcdefhiklmnopqrstuwxz gv:acefjlmnoprsy gw:abcdefgijmnrtuwx gx:x \
        gy:bdefgilmnoryz gz:ain ha:abcdefghijklmnopqrsvwxyz hb:abnou hc:ah hd:sy he:dghim hg:mw \
        hh:iry hi:abdfghijklmortwx hj:i hk:aehkns hl:abdetu hm:abcdefghijklmnpqrstuvwxyz \
        hn:adeghijmnosu ho:abcdehijklmoprstvwyz hp:os hr:acekmoptuwxz hs:bhlns ht:iosux \
        hu:bcdefghijklmopqrstuvwxyz hv:ceknv hw:aco hy:awx ia:inpr ib:abdeghlmnruy ic:ahlr \
        id:abcdeirstu if:abefkmuy ig:beglmnosw ih:bipw ii:nr ij:cejnos ik:hikloprstvwxz \
        il:abgikmopsuv im:aeilnorsty in:bceghjlmnopstz io:ruw ip:io iq:uw ir:aehiknoruxy \
        is:acdeghikmnortuv it:bcdeiklmorstvwxyz iu:m iv:bv iw:kmos ix:cl iy:aox iz:hmrz \
        ja:abcdefhjklmnoqstuxyz jb:eijkmnortuw jc:st jd:agt je:behiklnrtu jg:beko jh:is \
        ji:abcdeghilmoqtuvy jj:er jk:amoprsu jl:es jm:abcdilnrswx jn:adgijls jo:bdgrsw jp:arx \
        jq:r jr:abrtu js:l ju:abcdhiklmnoprstuwy jv:dn jw:i jy:aey ka:abcdefghijkmopqrvwxy \
        kb:abcdefghijklmnopqrstuvwxyz kc:abcdefghijklmnopqrstuvwxyz kd:acdefghijklmnopqrtuwxyz \
        ke:abcdefghijklmnopqrstuvwxyz kf:abcdefghijklmnopqrstuvwxyz kg:abefgijklnopqrstuvwxy \
        kh:abcdefghijlnopqrstuvwxyz ki:abcdefghijlmopqstuvwxyz kj:abcdefghijklmnopqrstuvxyz \
        kk:abcdefghijklmnopqrstuvwxyz kl:abcdefghijklmnopqrstuvwxyz km:abcdefghijklmnopqstuvwxyz \
        kn:abdefijklmopqrstuvwxyz ko:acdefghiklopqstuvwxyz kp:abcdefghijklmnoqrstuwxyz \
        kq:abcdefghijklmnopqrstuvwxyz kr:abcdefhijklnoprstuvwxyz ks:abcdefghijklmnopqrstuvwxyz \
        kt:abcdefghijklmnopqstuvwxyz ku:bcdefghijklmnopqstuvwxyz kv:abcdefghijklmnopqrtuvwxyz \
        kw:abcdefghijklmnoprstuvwxyz kx:abcdfhijkmnopqrstuvwxyz ky:abcdefghijklmnopqrstuvwxyz \
        kz:abcdefgiklmnopqrsuvwxyz la:abcdefghijlmnpqrsuwxyz lb:abcefgijlmnoqrstuvwxyz \
        lc:cdefhlmpqs ld:abdghijklmnopq le:abcdefhijklmnopqrstuvwxyz lf:an lg:abghiklmnoqrstuz \
        lh:ahilmnpstu li:abcdefghjklopqrsuvwxyz lj:aeilpwx lk:abcdehijlmnorstuy \
        ll:abcdefghijklmnpqsux lm:abcdefghijklnopqruvwxyz ln:abdghijlmnosuwz \
        lo:abcefghijklmnopqrstuvwxyz lp:aenox lq:r lr:acegiklmnortvz ls:abcdeghilmnoprstvwy \
        lt:cghinosu lu:acdefhijklmnopqrstuvwyz lv:aiklu lw:aeghlmostuw lx:m ly:agn lz:hlnz \
        ma:abdefgijkmnpqstuvwxz mb:abcdefhijklmnopqrstuvwxyz mc:abcdefghijklmnopqrstuvwxyz \
        md:abcdefghijklmnpqrstuvwxyz me:abcdefhijklmnopqrstuvwyz mf:abcdefghijklmnopqrstuvwxyz \
        mg:abcdefghijklmnopqrstuvwyz mh:abcdefghijklmnopqstuwxyz mi:abcdefghijklmnopqrtuwxyz \
        mj:abcdeghijklmnopqrstuvwxyz mk:abcefghijklmnopqrstuvwxyz ml:abcdefhijklmnopqrsuvwxz \
        mm:abcdefghijklmnopqrtuvwxyz mn:abcdefghijlmnopqrsuvwxyz mo:acdeghijkmopqrstuvwxyz \
        mp:abcdeghijklmnopqrstuvwxyz mq:abcefghijklmnopqrstuvwxyz mr:abcdefghjklmnopqrstuvwxyz \
        ms:bcdefghijklmnopqrsuvwxyz mt:abcdefghijklmnopqrstuvwxy mu:abcdeghijkmnoqrstuvxyz \
        mv:abdefghiklmnopqrstuvwxyz mw:abcefghiklmnopqrstuvwxyz mx:abcdefghijklmnopqrstuvwxyz \
        my:bcefghijklmnopqrsuvwxyz mz:abcdeghijklmnopqrstuvwxyz na:abcefghijklmnopqrstwxyz \
        nb:abcdeghijkmnopqrstuvwy nc:abcdefghijklmnoqrstuxz nd:abcdfghijklmnpqrstuvwxyz \
        ne:abcdefghijkmnoqrstuvwxyz nf:adlru ng:abcdefghijklmnopqrstuvwxyz \
        nh:abcdefghikmnopqrtuvwxyz ni:abcdefghijklmnoqrstuvwxyz nj:abdhijlmnorstuxyz \
        nk:abcdefghijkmnopqrstuvwxz nl:acegijklmoquvwxyz nm:abcdefghijklmnopqrstuvwxyz \
        nn:abcdefghijklmnpqrtuvwyz no:acdefghijklnpqstuvwyz np:abghlnosuxy nq:gklmnoqty \
        nr:abcefgiklmnprtuxz ns:abcdefghiklmnopqrstuvwxyz nt:degijkmopruwxyz \
        nu:abcdefghijklmnopqrstuvwxyz nv:hmo nw:abcegimorwxy nx:adegiklmnoqrx \
        ny:bcdefghijklmnopqrstuvwxy nz:abdikmrsuyz oa:ackrv ob:iklmortu oc:ahmou od:aktu of:osu \
        og:bcegou oh:tu oi:aen oj:bcpsvw ok:abcdeghijklmnorsuvxz ol:adekmortu \
        om:abcegiklnopqrtuvwxy on:abegijknoprstuwx oo:dgnrs op:akmoty or:aceghnorstuvwxz \
        os:acinoptux ot:abdeiklmnoqrstuwxyz ou:abeim ov:d ow:il oy:bdmy oz:m \
        pa:abcdefghiklmopqrsuvwxyz pb:bcefghilmnoprstvyz pc:abcdefghijklmnpw pd:acinotu \
        pe:abdefghijklmopqvxyz pf:ael pg:adgiklnsuyz ph:adghijklmnoqrtuvw \
        pi:abcdefghijlmnoprstuvwxyz pj:t pk:abcghnoprstu pl:abcdefghjklnopqrsuvwyz \
        pm:abdefhijlmnoqrstwxyz pn:acdeghijklmnopqrstuvwxyz po:cdefghikmnopqstvwxyz \
        pp:eiklmnopqstu pq:aemw pr:abcdefghiklmnoqrtuwxz ps:acdeghilmnopqrstuwy pt:ahinopqrtuvwy \
        pu:abcdefgijkmopqrtuwxy pw:abgimnorw px:m py:emnsuxy pz:ehn qu:abcdfghiklmnpqrsvwxy \
        qv:acehijlmnopswyz qw:acehmst qx:achlnopqrstuw qy:ap ra:abcdfghijklmnopqrstuvwxyz \
        rb:bklp rc:f rd:b re:abegijlmnrsty rg:aeknrsu rh:gp ri:abeflmnrtu rj:gis rk:abhimtw \
        rm:abcdefghiklmnopqstuvwxz rn:abdglnprw ro:abcdefglmopruw rp:nt rr:imot rs:biklmnw \
        rt:chmsw ru:bcefghikopqtuyz rw:aklmor rx:dw ry:nsu rz:h sa:abcdefhijklmoqrstuvwxyz \
        sb:abcdefghijklmnopqrstuvwxyz sc:befghiklnopqstuvwx sd:abcefghjklmnopqrstuvxz \
        se:abcdefghijklmnopqrstuvwyz sf:bemsw sg:abcdeghijkmnoprstuwxyz \
        sh:abcdeghijklmnopqrstuvwxyz si:abdefghijklmopqrstuvwxyz sj:abcdegklmnoprstuw \
        sk:abcdefghijmnopqrstuvwxyz sl:acdefghijlmnpqrstuwxyz sm:abcfghijklmnpqrstuvwxyz \
        sn:cefghijklmnopqrsuvwxyz so:abcdeghijklnopqrsuvwxyz sp:bcdegiklmnopqrstuvx \
        sq:ahjkmnoqrstux sr:abefghiklmnoqrstuvwxyz ss:abcdefghijklmnopqrstuvxyz \
        st:abdefghijklmnopqrstuvwy su:abcegijkoqrstvwxyz sv:abcekmrsx sw:bfgijklmnopqrstuvwxy \
        sx:bcegklmnorsuw sy:abcdiklmnorswxy sz:abceglnpsvwy ta:abcdefgijklnopqrsuvwxyz \
        tb:abcdefghijklmnopqrstuvwxyz tc:abcdefghiklmnopqstuwxyz td:abcdefghijklmnoqrstvxy \
        te:abcdefghikmnopqrstuvwxyz tf:inort tg:abcdefhijnopqrstuvwxyz th:defhiklmnpqrstuvyz \
        ti:acfghijklmnopqstuvwxyz tj:agijlmnopsuw tk:abdefglmnpqrstuvwxz \
        tl:abcdfghijklmnopqrstuvxy tm:abcdefghijlmnoqrstuvwyz tn:abcdghiklmnopqrstuvwxyz \
        to:bcdefghijklmopqrsuvwxyz tp:acefgijklmnopqrtuvxyz tq:blmnopqrtuw \
        tr:abcdefghijklmnopqrstuvwxyz ts:abcdeghijklmpqrstuvwxyz tt:abcdefghijklmnoprstuvwyz \
        tu:abcdefghijlmnopqstuvwxyz tv:adeiklmnostuwxy tw:abcdefghlmnopqrtuwxy \
        tx:abceghijmnoqrstuxy ty:aehijlnprstuvxyz tz:ahjlmnox ua:mnr ub:ailruy ud:aegijlmu ue:s \
        uf:i ug:abehnoy uh:an ui:sv uj:i uk:aghiklpqsuvwy ul:abcefiklmnuwy um:abcdgimnoprs \
        un:aegikmnruxz uo:n up:iv ur:abcefghijklmnoprtuvwxyz us:ahikpsu ut:aehpru uu:mnru uv:ehl \
        uw:a uy:a uz:s va:aefghijlmnoprsuvy vb:bk ve:cdlmopr vg:rt vi:cdfglnstv vj:k \
        vk:aijklmnoptuz vl:ps vm:abcdefghijklmpqrsuvwxyz vn:kmp vo:rt vr:aost vs:ilnv vt:o \
        vu:mnt vw:a wa:abcdefghijklmnopqrstuvwxyz wb:abefhijklmpqrstvw wc:ai wd:dgjktuy \
        we:acdghimnoprstuw wf:g wg:abgiouy wh:agku wi:bcefghijklmnruvy wj:ai wk:abdlruwy \
        wl:aceghiklmorsuvwxy wm:abcdeghimnostwx wn:bcdegikmnopuwy wo:abcdefgikmnorswy wp:c \
        wr:abdghiklmnoprsuvwxyz ws:agikrsuv wt:bfhikmw wu:abdhlmnrtuvxy ww:aborw wx:aw \
        wy:abimnry xa:abcdegijklmnopqrstuvwy xb:bcdegijmnoprwxy xc:bceghlmnortuvwy xd:ackmoqy \
        xe:bdglmprstu xf:a xg:abdfgilmnruw xh:acdemrtuv xi:bilnprsvy xj:bt \
        xk:abcdefgijklnopqrstuvwxyz xl:abcdeginopsuy xm:abcdefghjklmnopqrstuvwxyz \
        xn:abdghijkmnoqrstuyz xo:cdgikmnoprw xp:abcdfghijklmnopqrstuvwxyz xq:at xr:abdegimnrtuw \
        xs:abcdehimnopqruvy xt:abcdeghijlmnopqrstuvwyz xu:abdgjlmnoprtu xv:einos xw:acdegjklortw \
        xx:bkmrt xy:abjklty xz:hmp ya:abcdefghijklmnopqrstuvwxyz yb:abehijklmnoxy yc:hlnpr \
        yd:aegks ye:aceijlrstuvy yg:ailmprsuw yh:adls yi:afghijklmnpqrstuvxz yk:aghiklmnortuy \
        yl:abegilmnoruy ym:bcdeghiklmnopqrsxz yn:abdeghklnoqsu yo:bgiklmntxy yp:abghkmnopz \
        yr:abeiklmnoswy ys:cdglmnoprsy yt:alpwy yu:abcdefgijklmnpqrtwxyz yv:at yw:aglnqrtuw \
        yx:aglmuy yy:ruz yz:gk za:abcdefghjklmopqrstuvwxyz zb:aceltuw zc:adh zd:j ze:aghmn \
        zg:abhmnr zh:bdinwx zi:abklmnwz zk:adghknoprtuvz zl:aejmnqsuw \
        zm:abcdefghijklmnopqrstuvwxyz zn:adegks zo:chmoqrs zp:abcdefghijklmnopqrstuvwxyz zq:e \
        zr:agnops zs:aklru zt:eglmnpqstuxy zu:ahmny zw:a zy:gjnp zz:aj
        """

    /// Other codes of those: longer ones, deprecated ones, and the language that stands for a macro-language.
    static let aliases = """
        aam=aas aar=aa abk=ab adp=dz afr=af agp=apf ais=ami ajp=apc ajt=aeb aju=jrb aka=ak \
        alb=sq als=sq amh=am ara=ar arb=ar arg=an arm=hy asd=snz asm=as aue=ktz ava=av ave=ae \
        aym=ay ayr=ay ayx=nun aze=az azj=az bak=ba bam=bm baq=eu baz=nvo bcc=bal bcl=bik bel=be \
        ben=bn bgm=bcg bhk=fbl bic=bir bih=bh bis=bi bjd=drl bjq=bzc bkb=ebk blg=iba bod=bo \
        bos=bs bre=br btb=beb bul=bg bur=my bxk=luy bxr=bua cat=ca ccq=rki ces=cs cha=ch che=ce \
        chi=zh chu=cu chv=cv cjr=mom cka=cmr cld=syr cmk=xch cmn=zh cnr=sr cor=kw cos=co coy=pij \
        cqu=quh cre=cr cwd=cr cym=cy cze=cs daf=dnj dan=da dap=njz deu=de dgo=doi dhd=mwr \
        dik=din diq=zza dit=dif div=dv djl=dze dkl=aqd drh=mn drr=kzk drw=fa dud=uth duj=dwu \
        dut=nl dwl=dbt dzo=dz ekk=et ell=el elp=amq emk=man eng=en epo=eo esk=ik est=et eus=eu \
        ewe=ee fao=fo fas=fa fat=ak fij=fj fin=fi fra=fr fre=fr fry=fy fuc=ff ful=ff gav=dev \
        gaz=om gbc=wny gbo=grb geo=ka ger=de gfx=vaj ggn=gvr ggo=esg ggr=gtu gio=aou gla=gd \
        gle=ga glg=gl gli=kzk glv=gv gno=gon gre=el grn=gn gti=nyc gug=gn guj=gu guv=duz gya=gba \
        hat=ht hau=ha hbs=sr hdn=hai hea=hmn heb=he her=hz hin=hi hmo=ho hrr=jal hrv=hr hun=hu \
        hye=hy ibi=opa ibo=ig ice=is ido=io iii=ii ike=iu iku=iu ile=ie ill=ilm ilw=gal in=id \
        ina=ia ind=id ipk=ik isl=is ita=it iw=he izi=eza jar=jgk jav=jv jeg=oyb ji=yi jpn=ja \
        jw=jv kal=kl kan=kn kas=ks kat=ka kau=kr kaz=kk kdv=zkd kgc=tdf kgd=ncq kgh=kml kgm=plu \
        khk=mn khm=km kik=ki kin=rw kir=ky kmr=ku knc=kr kng=kg knn=kok koj=kwv kom=kv kon=kg \
        kor=ko kpp=jkm kpv=kv krm=bmf ktr=dtp kua=kj kur=ku kvs=gdj kwq=yam kxe=tvd kxl=kru \
        kzh=dgl kzj=dtp kzt=dtp lak=ksp lao=lo lat=la lav=lv lbk=bnc leg=enl lii=raq lim=li \
        lin=ln lit=lt llo=ngt lmm=rmx ltz=lb lub=lu lug=lg lvs=lv mac=mk mah=mh mal=ml mao=mi \
        mar=mr may=ms meg=cir mgx=jbk mhr=chm mkd=mk mlg=mg mlt=mt mnk=man mnt=wnn mo=ro mof=xnt \
        mol=ro mon=mn mri=mi msa=ms mst=mry mup=raj mwd=dmw mwj=vaj mya=my myd=aog myt=mry \
        nad=xny nau=na nav=nv nb=no nbf=nru nbl=nr nbx=ekc ncp=kdz nde=nd ndo=ng nep=ne nld=nl \
        nln=azd nlr=nrk nn=no nno=no nns=nbr nnx=ngv nob=no nom=cbr noo=dtd nor=no npi=ne \
        nts=pij nxu=bpp nya=ny oci=oc ojg=oj oji=oj ori=or orm=om ory=or oss=os oun=vaj pan=pa \
        pat=kxr pbu=ps pcr=adx per=fa pes=fa pli=pi plt=mg pmc=huw pmk=crr pmu=phr pnb=lah \
        pol=pl por=pt ppa=bfy ppr=lcq prp=gu prs=fa pry=prt pus=ps puz=pub que=qu quz=qu rmr=emx \
        rmy=rom roh=rm ron=ro rum=ro run=rn rus=ru sag=sg san=sa sap=aqt sca=hle scc=sr scr=hr \
        sgl=isk sh=sr sin=si skk=oyb slk=sk slo=sk slv=sl smd=kmb sme=se smo=sm sna=sn snb=iba \
        snd=sd som=so sot=st spa=es spy=kln sqi=sq src=sc srd=sc srp=sr ssw=ss sul=sgd sum=ulw \
        sun=su swa=sw swc=sw swe=sv swh=sw szd=umi tah=ty tam=ta tat=tt tdu=dtp tel=te tgg=bjp \
        tgk=tg tgl=fil tha=th thc=tpo thw=ola thx=oyb tib=bo tid=itd tie=ras tir=ti tkk=twm \
        tl=fil tlw=weo tmk=tdg tmp=tyj tne=kak tnf=fa ton=to tpw=tpn tsf=taj tsn=tn tso=ts \
        ttq=tmh tuk=tk tur=tr tw=ak twi=ak uig=ug ukr=uk umu=del unp=wro uok=ema urd=ur uzb=uz \
        uzn=uz ven=ve vie=vi vol=vo wel=cy wgw=wgb wit=nol wiw=nwo wln=wa wol=wo xba=cax xho=xh \
        xia=acn xkh=waw xpe=kpe xrq=dmw xsj=suj xsl=den xss=zko ybd=rki ydd=yi yen=ynq yid=yi \
        yiy=yrm yma=lrr ymt=mtm yor=yo yos=zom yuu=yug zai=zap zha=za zho=zh zir=scv zkb=kjh \
        zsm=ms zul=zu zyb=za
        """

    /// Codes that may stand behind another language.
    static let extended = """
        aao abh abv acm acq acw acx acy adf ads aeb aec aed aen afb afg ajp ajs apc apd arb arq \
        ars ary arz ase asf asp asq asw auz avl ayh ayl ayn ayp bbz bfi bfk bjn bog bqn bqy btj \
        bve bvl bvu bzs cdo cds cjy cmn cnp coa cpx csc csd cse csf csg csl csn csp csq csr csx \
        czh czo doq dse dsl dsz dup ecs ehs esl esn eso eth fcs fse fsl fss gan gds gom gse gsg \
        gsm gss gus hab haf hak hds hji hks hos hps hsh hsl hsn icl iks ils inl ins ise isg isr \
        jak jax jcs jhs jks jls jos jsl jus kgi knn kvb kvk kvr kxd lbs lce lcf lgs liw lls lsb \
        lsc lsg lsl lsn lso lsp lst lsv lsw lsy ltg lvs lws lzh max mdl meo mfa mfb mfs min mnp \
        mqg mre msd msi msr mui mzc mzg mzy nan nbs ncs nsi nsl nsp nsr nzs okl orn ors pel pga \
        pgz pks prl prz psc psd pse psg psl pso psp psr pys rib rms rnb rsi rsl rsm rsn sdl sfb \
        sfs sgg sgx shu slf sls sqk sqs sqx ssh ssp ssr svk swc swh swl syy szs tmw tse tsm tsq \
        tss tsy tza ugn ugy ukl uks urk uzn uzs vgt vkk vkt vsi vsl vsv wbs wuu xki xml xmm xms \
        yds ygs yhs ysl ysm yue zib zlm zmi zsl zsm
        """

    /// Tags that are read as a whole.
    static let grandfathered = """
        art-lojban=jbo zh-hakka=hak zh-min-nan=nan zh-xiang=hsn
        """

    /// English names of languages that have two letters.
    static let names = """
        abkhazian=ab afar=aa afrikaans=af akan=ak albanian=sq amharic=am arabic=ar aragonese=an \
        armenian=hy assamese=as avaric=av avestan=ae aymara=ay azerbaijani=az bambara=bm \
        bangla=bn bashkir=ba basque=eu belarusian=be bislama=bi bosnian=bs breton=br \
        bulgarian=bg burmese=my catalan=ca chamorro=ch chechen=ce chinese=zh chuvash=cv \
        cornish=kw corsican=co cree=cr croatian=hr czech=cs danish=da divehi=dv dutch=nl \
        dzongkha=dz english=en esperanto=eo estonian=et ewe=ee faroese=fo fijian=fj filipino=fil \
        finnish=fi french=fr fula=ff galician=gl ganda=lg georgian=ka german=de greek=el \
        guarani=gn gujarati=gu hausa=ha hebrew=he herero=hz hindi=hi hungarian=hu icelandic=is \
        ido=io igbo=ig indonesian=id interlingua=ia interlingue=ie inuktitut=iu inupiaq=ik \
        irish=ga italian=it japanese=ja javanese=jv kalaallisut=kl kannada=kn kanuri=kr \
        kashmiri=ks kazakh=kk khmer=km kikuyu=ki kinyarwanda=rw komi=kv kongo=kg korean=ko \
        kuanyama=kj kurdish=ku kyrgyz=ky lao=lo latin=la latvian=lv limburgish=li lingala=ln \
        lithuanian=lt luba-katanga=lu luxembourgish=lb macedonian=mk malagasy=mg malay=ms \
        malayalam=ml maltese=mt manx=gv marathi=mr marshallese=mh mongolian=mn nauru=na \
        navajo=nv ndonga=ng nepali=ne norwegian=no nyanja=ny occitan=oc odia=or ojibwa=oj \
        oromo=om ossetic=os pali=pi pashto=ps persian=fa polish=pl portuguese=pt punjabi=pa \
        quechua=qu romanian=ro romansh=rm rundi=rn russian=ru samoan=sm sango=sg sanskrit=sa \
        sardinian=sc serbian=sr shona=sn sindhi=sd sinhala=si slovak=sk slovenian=sl somali=so \
        spanish=es sundanese=su swahili=sw swati=ss swedish=sv tahitian=ty tajik=tg tamil=ta \
        tatar=tt telugu=te thai=th tibetan=bo tigrinya=ti tongan=to tsonga=ts tswana=tn \
        turkish=tr turkmen=tk twi=ak ukrainian=uk urdu=ur uyghur=ug uzbek=uz venda=ve \
        vietnamese=vi walloon=wa welsh=cy wolof=wo xhosa=xh yiddish=yi yoruba=yo zhuang=za \
        zulu=zu
        """

    /// What is most spoken in countries whose codes are no languages.
    static let spoken = """
        ad=ca al=sq ao=pt at=de aw=nl ax=sv bd=bn bf=fr bj=fr bl=fr bq=pap bt=dz by=be cd=sw \
        cf=fr cg=fr ci=fr cl=es cm=fr cn=zh cw=pap cz=cs dj=aa dk=da do=es ec=es eg=ar eh=ar \
        er=ti ge=ka gf=fr gh=ak gp=fr gq=es gr=el gt=es gw=pt hk=zh hn=es il=he iq=ar ir=fa \
        jo=ar jp=ja ke=sw kh=km kp=ko kz=ru lk=si ls=st ly=ar ma=ar mc=fr md=ro me=sr mf=fr \
        mm=my mq=fr mu=mfe mv=dv mx=es mz=pt nc=fr ni=es np=ne pe=es pf=fr pg=tpi ph=fil pk=ur \
        pm=fr pr=es pw=pau py=gn qa=ar re=fr rs=sr sj=no sy=ar td=fr tf=fr tj=tg tm=tk tv=tvl \
        tz=sw ua=uk uy=es va=it vn=vi vu=bi wf=fr ws=sm ye=ar yt=fr zw=sn
        """
}
