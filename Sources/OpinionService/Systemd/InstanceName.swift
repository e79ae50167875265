internal import CProcess
internal import Crypto
internal import Foundation

/// The name under which a daemon works, which one process on this host has at a time.
///
/// A second process of one name takes the first one's shards, which ends, is started again by systemd and
/// takes them back. So whoever comes second on a host doesn't begin. The name is an abstract socket address
/// (unix(7)) that is bound and never listened on: it needs no file, works in systemd's sandbox and by hand alike,
/// and the kernel frees it however the process ends. Other hosts and other network namespaces have names of their
/// own: there the group fences whoever was first, as ever.
package struct InstanceName: Sendable {
    private let site: KafkaSite
    private let text: String

    package init(_ site: KafkaSite) {
        self.site = site
        let brokers = site.properties.last { $0.name == "bootstrap.servers" }?.value ?? ""
        let parts = [brokers, site.group, site.instance].joined(separator: "\n")
        // An address holds 107 bytes, the three may be longer.
        let digest = SHA256.hash(data: Data(parts.utf8)).map { String(format: "%02x", $0) }
        text = "opiniond/" + digest.joined()
    }

    /// Takes the name until this process ends.
    ///
    /// Where names can't be had at all, nothing is taken and nothing said: the group fences all the same.
    ///
    /// - Returns: Why we must not begin; nil: we may.
    package func take() -> Stop? {
        guard call(cprocess_take_name) == 0 else { return nil }
        let holder = call(cprocess_name_holder)
        let who = holder == 0 ? "another process" : "process \(holder)"
        return Stop(
            .fenced,
            "\(who) on this host already runs as instance \(site.instance) of group \(site.group): stop it "
                + "first (a service: systemctl stop opiniond), or set another kafka.instance"
        )
    }

    private func call(_ function: () -> Int32) -> Int32 {
        cprocess_begin()
        for byte in text.utf8 { cprocess_append(byte) }
        return function()
    }
}
