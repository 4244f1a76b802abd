/// A check of `casekeeper doctor`: what it looks at, and how.
struct DoctorCheck: Sendable {
    /// As findings name it.
    let name: String
    /// What it looks at, for the help and the documentation.
    let subject: String
    /// Never empty: what is as it should be is found, too.
    let look: @Sendable (Inspection) -> [Finding]

    init(_ name: String, _ subject: String, look: @escaping @Sendable (Inspection) -> [Finding]) {
        self.name = name
        self.subject = subject
        self.look = look
    }

    /// All there are, in the order that they are looked at.
    static let all = [
        settings, files, record, disk, log, replication, backups, timers, offsite, clock, service, proxy, tokens,
        endless, epoch, zones,
    ]
}
