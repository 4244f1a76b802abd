import CaseStore
import Complaints
import HTTPServer
import HTTPTypes

/// A strong entity tag (RFC 9110 section 8.8.3). It changes with everything the representation shows, derived fields
/// among it.
struct EntityTag: Sendable, Hashable {
    /// What stands between the quotes.
    let opaque: String

    /// As the header field has it.
    var text: String { "\"\(opaque)\"" }

    /// That of the same state as it goes out in a coding.
    func coded(_ coding: ContentCoding) -> EntityTag {
        EntityTag(opaque: opaque + coding.tagSuffix)
    }

    /// With the instant an explicit `as_of` asked for: that is another resource's representation.
    func asOf(_ instant: Instant) -> EntityTag {
        EntityTag(opaque: "\(opaque)@\(instant.milliseconds)")
    }
}

extension EntityTag {
    /// The version counts the changes of the case, and that a promise falls due is none.
    init(_ file: CaseFile, at now: Instant) {
        self.init(
            opaque: "\(file.record.version)-\(Self.part(of: file.record.customer, for: file.record.customerID))-"
                + "\(file.pastDueCount(at: now))")
    }

    /// A customer's version. Whoever was merged is shown as somebody else, and with what was decided about all of them.
    private static func part(of customer: Customer, for id: Int64) -> String {
        let version = String(customer.version)
        guard customer.hasMerged else { return version }
        let decided = customer.relationship.map { String($0.recordedAt.milliseconds) } ?? ""
        return "\(version).\(customer.id == id ? "" : String(customer.id)).\(decided)"
    }

    /// Of what a command is about: the case, or a promise of it.
    init(_ target: CaseCommand.Target, of file: CaseFile, at now: Instant) {
        if case .promise(let id) = target, let promise = file.promise(id) {
            self.init(promise, of: file.record.summary, at: now)
        } else {
            self.init(file, at: now)
        }
    }

    /// Guidance also follows from whose time has come, from the policy, from the due instant that its examples have, and from
    /// how the case's owner has fared. It is no state that a change can be held to: its tag is not the case's.
    init(_ guided: GuidedCase, at now: Instant) {
        let (file, policy) = (guided.file, guided.policy)
        let near = file.promises.reduce(0) { near, promise in
            near + (file.isNear(promise, under: policy, at: now) ? 1 : 0)
                + (file.isInLastQuarter(promise, at: now) ? 1 : 0)
        }
        let example = policy.exampleDue(at: now).milliseconds / 1000
        let more = "\(near)-\(policy.id).\(policy.version)-\(example)-\(guided.guidance.hotInARow)"
        self.init(opaque: "\(EntityTag(guided.file, at: now).opaque)-\(more)-guidance")
    }

    /// The page for the customer follows from the same, and from what became `elsewhere` of promises of the case; it is no
    /// state that a change can be held to either.
    init(pageOf file: CaseFile, _ elsewhere: [Promise], at now: Instant) {
        let versions = elsewhere.reduce(0) { $0 + $1.version }
        let overdue = elsewhere.count { $0.state(at: now) == .overdue }
        let more = elsewhere.isEmpty ? "" : "-\(elsewhere.count)-\(versions)-\(overdue)"
        self.init(opaque: "\(EntityTag(file, at: now).opaque)\(more)-page")
    }

    /// The case's fields and the customer are shown with the promise.
    init(_ promise: Promise, of summary: CaseSummary, at now: Instant) {
        let overdue = promise.state(at: now) == .overdue ? 1 : 0
        let customer = Self.part(of: summary.customer, for: summary.customerID)
        self.init(opaque: "\(promise.version)-\(summary.edits)-\(customer)-\(overdue)")
    }

    /// The version counts the changes of the customer's own row; what follows from their cases changes without it.
    init(_ record: CustomerRecord) {
        let cases = "\(record.openCases)-\(record.resolvedCases)-\(record.closedCases)"
        self.init(
            opaque: "\(record.customer.version)-\(cases)-\(record.unsettledPromises)-\(record.everBroken ? 1 : 0)"
                + (record.customer.isOfSeveral ? "-\(record.customer.relationship?.recordedAt.milliseconds ?? 0)" : ""))
    }

    init(_ policy: Policy) {
        self.init(opaque: "\(policy.version)")
    }

    /// A version stays as it is, and is shown with all others.
    init(_ calendar: CalendarRecord) {
        let (shown, last) = (calendar.calendar.version, calendar.lastVersion)
        self.init(opaque: shown == last ? "\(last)" : "\(last).\(shown)")
    }

    /// A version stays as it is, and is shown with all others.
    init(_ regime: RegimeRecord) {
        let (shown, last) = (regime.regime.version, regime.lastVersion)
        self.init(opaque: shown == last ? "\(last)" : "\(last).\(shown)")
    }

    /// What they carry changes without a change of theirs, and so does who acts as them, and how their name is written while
    /// nobody has named them.
    init(_ record: OwnerRecord) {
        let carried = "\(record.openCases)-\(record.open)-\(record.overdue)-\(record.dueToday)"
        let tokens = record.tokenIDs.map(String.init).joined(separator: ".")
        let version = record.owner?.version ?? 0
        self.init(opaque: "\(version)-\(carried)-\(tokens)\(version == 0 ? "-\(Self.digest(of: record.name))" : "")")
    }

    /// Of the bytes of a text, by FNV-1a: tells spellings of one name apart.
    private static func digest(of text: String) -> String {
        let digest = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(digest, radix: 36)
    }

    /// A token is let in, and revoked; nothing else of it changes.
    init(_ token: Token) {
        let lastUse = token.lastUsedAt.map { String($0.milliseconds) } ?? ""
        self.init(opaque: "\(token.revokedAt == nil ? 0 : 1)-\(lastUse)")
    }

    /// Entries never change, but that their texts may be erased.
    init(_ entry: LogEntry) {
        self.init(opaque: entry.isErased ? "\(entry.seq)-erased" : "\(entry.seq)")
    }
}
