internal import Foundation
internal import OpinionReplay
internal import OpinionWire

/// A patient with breast cancer and secondaries in liver and bone, and a small tumour centre.
enum PanelScene {
    private struct Doctor {
        let name: String
        let discipline: String
        let families: [String]
    }

    /// Two of most disciplines, so that a declined seat finds somebody else; the bone is treated by a
    /// surgeon who also operates on breasts, the liver by liver surgeons only.
    private static let staff = [
        Doctor(name: "dr-paul", discipline: "pathology", families: ["breast"]),
        Doctor(name: "dr-petra", discipline: "pathology", families: ["breast"]),
        Doctor(name: "dr-rita", discipline: "radiology", families: ["breast"]),
        Doctor(name: "dr-ravi", discipline: "radiology", families: ["breast"]),
        Doctor(name: "dr-mona", discipline: "medical-oncology", families: ["breast"]),
        Doctor(name: "dr-mario", discipline: "medical-oncology", families: ["breast"]),
        Doctor(name: "dr-magda", discipline: "medical-oncology", families: ["breast"]),
        Doctor(name: "dr-sven", discipline: "surgical-oncology", families: ["breast", "sarcoma"]),
        Doctor(name: "dr-sita", discipline: "surgical-oncology", families: ["breast"]),
        Doctor(name: "dr-raja", discipline: "radiation-oncology", families: ["breast"]),
        Doctor(name: "dr-rosa", discipline: "radiation-oncology", families: ["breast", "sarcoma"]),
        Doctor(name: "dr-hana", discipline: "hpb-surgery", families: ["hpb"]),
        Doctor(name: "dr-hugo", discipline: "hpb-surgery", families: ["hpb"]),
    ]

    static var specialistCount: Int { staff.count }

    static var roster: [Workload.Item] {
        staff.map { doctor in
            let expertise = doctor.families.map { #"{"family":"\#($0)","level":4}"# }
            let data = """
                {"specialistId":"\(doctor.name)","networkId":"centre",\
                "disciplines":["\(doctor.discipline)"],"languages":["en"],\
                "expertise":[\(expertise.joined(separator: ","))],\
                "organisationId":"clinic-\(doctor.name.suffix(2))","capacity":{"units":4}}
                """
            return item(Topic.specialists, doctor.name, "specialist.profiled", doctor.name, data)
        }
    }

    static let questions = ["q-surgery", "q-trial"]

    static var request: Workload.Item {
        let asked = questions.map { #"{"id":"\#($0)"}"# }.joined(separator: ",")
        let data = """
            {"requestId":"rq-panel","networkId":"centre","kind":"panel","priority":"urgent",\
            "conditions":[\(condition("primary", "C50.9")),\(condition("secondary", "C78.7")),\
            \(condition("secondary", "C79.5"))],"languages":["en"],\
            "firstOpinion":{"practitionerId":"dr-mario"},\
            "questions":[\(asked)]}
            """
        return item(Topic.requests, "centre", "request.submitted", "rq-panel", data)
    }

    private static func condition(_ role: String, _ code: String) -> String {
        #"{"role":"\#(role)","code":{"system":"http://hl7.org/fhir/sid/icd-10","code":"\#(code)"}}"#
    }

    private static func item(
        _ topic: String,
        _ key: String,
        _ type: String,
        _ subject: String,
        _ data: String
    ) -> Workload.Item {
        let time = Date.now.formatted(Date.ISO8601FormatStyle(includingFractionalSeconds: true))
        let event = """
            {"specversion":"1.0","id":"\(type)-\(subject)","source":"/demo",\
            "type":"org.opiniond.\(type).v1","time":"\(time)","subject":"\(subject)",\
            "datacontenttype":"application/json","data":\(data)}
            """
        return Workload.Item(
            topic: topic,
            key: key,
            headers: [Header("content-type", Array(Workload.contentType.utf8))],
            value: Array(event.utf8)
        )
    }
}
