import Complaints

extension DoctorCheck {
    private static let soon = ElapsedTime.days(14)
    private static let unusedFor = ElapsedTime.days(90)

    static let tokens = DoctorCheck(
        "tokens",
        "whether an administrator has a token that lets them in, and which end within 14 days, or were not used for 90 days"
    ) { inspection in
        if let obstacle = inspection.obstacle(to: inspection.record) { return [.unseen("at the tokens", obstacle)] }
        guard let record = inspection.record.value else { return [.ok("there is no record to read them from")] }
        let now = inspection.now
        let valid = record.tokens.filter { $0.isValid(at: now) }
        guard !record.tokens.isEmpty else {
            return [.ok("there is none: only processes of the service's user and of root on this machine are answered")]
        }
        var findings: [Finding] = []
        if !valid.contains(where: { $0.role == .admin }) {
            findings.append(
                .warning(
                    "no token of an administrator lets anybody in",
                    why: "nobody can make or revoke tokens over HTTP, or erase",
                    remedy: inspection.command("token create NAME --role admin")))
        }
        let ending = valid.filter { $0.expiresAt.map { $0 - now <= soon } ?? false }
        if !ending.isEmpty {
            findings.append(
                .warning(
                    "\(named(ending)) ends within 14 days", why: "whoever comes with it gets 401 from then on",
                    remedy: renewal(inspection)))
        }
        let unused = valid.filter { now - ($0.lastUsedAt ?? $0.createdAt) > unusedFor }
        if !unused.isEmpty {
            findings.append(
                .warning(
                    "\(named(unused)) was not used for 90 days", why: "nobody would notice who does now",
                    remedy: unused.prefix(3).map { inspection.command("token revoke \($0.id)") }.joined(separator: "; ")
                ))
        }
        return findings.isEmpty ? [.ok("\(valid.count) of \(record.tokens.count) let somebody in")] : findings
    }

    static let endless = DoctorCheck("endless", "whether a token of an administrator has no end date") { inspection in
        if let obstacle = inspection.obstacle(to: inspection.record) { return [.unseen("at the tokens", obstacle)] }
        guard let record = inspection.record.value else { return [.ok("there is no record to read them from")] }
        let endless = record.tokens.filter {
            $0.isValid(at: inspection.now) && $0.expiresAt == nil && $0.role == .admin
        }
        guard !endless.isEmpty else { return [.ok("no token of an administrator is for good")] }
        return [
            .warning(
                "\(named(endless)) may do everything, and has no end date",
                why: "whoever comes by its secret has it for good", remedy: renewal(inspection))
        ]
    }

    private static func renewal(_ inspection: Inspection) -> String {
        "\(inspection.command("token create NAME --role ROLE --expires-in P90D")), and revoke the old one"
    }

    /// `token 3 (Kim) and 4 more`.
    private static func named(_ tokens: [Token]) -> String {
        let names = tokens.prefix(5).map { "\($0.id) (\($0.name))" }.joined(separator: ", ")
        let more = tokens.count > 5 ? " and \(tokens.count - 5) more" : ""
        return "token \(names)\(more)"
    }
}
