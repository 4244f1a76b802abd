import CaseStore
import Glibc
import HTTPServer

extension DoctorCheck {
    /// The ports of HTTP and HTTPS, where a proxy listens.
    private static let webPorts: [UInt16] = [80, 443]

    static let proxy = DoctorCheck(
        "proxy",
        "whether a proxy may be in front (something listens on 80 or 443 of this machine), and is known to the service"
    ) { inspection in
        let findings =
            open(inspection) + protected(inspection) + unseen(inspection) + unknown(inspection) + idle(inspection)
        guard findings.isEmpty else { return findings }
        let isThere = !frontUsers(inspection).isEmpty
        if isThere, inspection.isMissing { return [.ok("there is no record that says whether a proxy needs a token")] }
        return [.ok(isThere ? "whatever listens on 80 or 443 is a trusted proxy" : "none is seen on this machine")]
    }

    private static func frontUsers(_ inspection: Inspection) -> Set<uid_t> {
        let own = Set(inspection.listen.compactMap(\.port))
        return webPorts.filter { !own.contains($0) }
            .reduce(into: []) { $0.formUnion(inspection.sockets.users[$1] ?? []) }
    }

    /// Whether nobody is asked for a token; nil where that is not known, or there is no record to make one in.
    private static func isProtected(_ inspection: Inspection) -> Bool? {
        if inspection.isMissing { return nil }
        guard inspection.obstacle(to: inspection.record) == nil else { return nil }
        return inspection.record.value?.tokens.isEmpty ?? true
    }

    private static func unseen(_ inspection: Inspection) -> [Finding] {
        guard !inspection.isMissing, !frontUsers(inspection).isEmpty,
            let obstacle = inspection.obstacle(to: inspection.record)
        else { return [] }
        return [.unseen("whether there is a token, as something listens on 80 or 443", obstacle)]
    }

    /// Addresses that others reach without TLS.
    private static func open(_ inspection: Inspection) -> [Finding] {
        let open = inspection.listen.filter { !$0.isLoopback }
        guard !open.isEmpty else { return [] }
        return [
            .warning(
                "\(open.map(\.description).joined(separator: ", ")) can be reached from elsewhere, and the service speaks no TLS",
                why: "tokens and what customers said go over the network as they are",
                remedy:
                    "listen on 127.0.0.1 or a Unix socket behind a proxy with TLS (operating.md, Behind a proxy), unless "
                    + "the network is a container's own")
        ]
    }

    /// Without a token a proxy of the service's own user lets everybody in.
    private static func protected(_ inspection: Inspection) -> [Finding] {
        let front = frontUsers(inspection)
        guard isProtected(inspection) == true, !front.isEmpty else { return [] }
        let token = inspection.command("token create NAME --role admin")
        let owner = FileStatus(DatabaseName.resolved(inspection.database))?.owner.user
        if let owner, front.contains(owner) {
            return [
                .error(
                    "there is no token, and what listens on 80 or 443 runs as the service's own \(Inspection.user(owner))",
                    why:
                        "a proxy of that user which sends no forwarding fields is taken for it, and whoever comes through it too",
                    remedy: token)
            ]
        }
        return [
            .warning(
                "there is no token, and something listens on 80 or 443",
                why: "what a proxy passes on gets 403 without one",
                remedy: token)
        ]
    }

    /// A proxy whose clients are one peer.
    private static func unknown(_ inspection: Inspection) -> [Finding] {
        guard !frontUsers(inspection).isEmpty, inspection.trustedProxies.isEmpty, isProtected(inspection) == false
        else {
            return []
        }
        let isUnix = inspection.listen.contains { $0.host == nil }
        return [
            .warning(
                "something listens on 80 or 443, and no --trusted-proxy is set",
                why:
                    "where that is the service's proxy, all its clients count as one: rates are shared, and the log does not tell them apart",
                remedy: "set CASEKEEPER_TRUSTED_PROXY=\(isUnix ? "unix:" : "127.0.0.1")")
        ]
    }

    /// Proxies that are trusted where none of them can come from.
    private static func idle(_ inspection: Inspection) -> [Finding] {
        guard !inspection.trustedProxies.isEmpty else { return [] }
        let trustsUnix = inspection.trustedProxies.contains(.unix)
        let trustsTCP = inspection.trustedProxies.contains { $0 != .unix }
        let hasUnix = inspection.listen.contains { $0.host == nil }
        let hasTCP = inspection.listen.contains { $0.host != nil }
        guard !(trustsUnix && hasUnix), !(trustsTCP && hasTCP) else { return [] }
        return [
            .warning(
                trustsUnix
                    ? "--trusted-proxy has unix:, and no Unix socket is listened on"
                    : "--trusted-proxy has addresses, and only Unix sockets are listened on",
                why: "nobody is believed by it, so all clients of the proxy count as one",
                remedy: "set CASEKEEPER_TRUSTED_PROXY=\(trustsUnix ? "127.0.0.1" : "unix:")")
        ]
    }
}
