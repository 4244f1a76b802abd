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
    /// The version counts the changes of the case, and that a promise falls due is none, nor that a rule of a policy comes to
    /// fit it, or says how often a customer hears something. Which severity's policy it has follows from the case.
    init(_ file: CaseFile, at now: Instant) {
        let policy = file.policy.map { $0.isBySeverity ? "" : ".\($0.id)" } ?? ""
        let cadence = file.updateDueAt.map { "-u\($0.milliseconds / 1000)" } ?? ""
        self.init(
            opaque: "\(file.record.version)-\(Self.part(of: file.record.customer, for: file.record.customerID))-"
                + "\(file.pastDueCount(at: now))\(policy)\(cadence)")
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
        let update = file.isUpdateDue(under: policy, at: now) ? "!" : ""
        let next = policy.exampleUpdateDue(at: now).milliseconds / 1000
        let more =
            "\(near)\(update)-\(policy.id).\(policy.version)-\(example)\(next == example ? "" : ".\(next)")"
            + "-\(guided.guidance.hotInARow)"
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

    init(_ calendar: CalendarRecord) {
        self =
            calendar.isShipped
            ? EntityTag(shipped: calendar, CalendarRecord.shown)
            : EntityTag(version: calendar.calendar.version, of: calendar.lastVersion)
    }

    init(_ regime: RegimeRecord) {
        self =
            regime.isShipped
            ? EntityTag(shipped: regime, RegimeRecord.shown)
            : EntityTag(version: regime.regime.version, of: regime.lastVersion)
    }

    /// A version stays as it is, and is shown with all others.
    private init(version: Int64, of last: Int64) {
        self.init(opaque: version == last ? "\(last)" : "\(last).\(version)")
    }

    /// What comes with the program is version 0, whatever it says: another program's may say something else.
    private init<Value>(shipped value: Value, _ shown: [Shown<Value>]) {
        var json = JSONWriter(capacity: 4096)
        json.write(value, shown)
        self.init(opaque: "0-\(FieldSelection.digest(of: json.bytes))")
    }

    /// What they carry changes without a change of theirs, and so does who acts as them, and how their name is written while
    /// nobody has named them.
    init(_ record: OwnerRecord) {
        let away = record.absence.map { _ in
            record.isAway ? "-away\(record.dueInAbsence)" : "-leave\(record.dueInAbsence)"
        }
        let carried = "\(record.openCases)-\(record.open)-\(record.overdue)-\(record.dueToday)\(away ?? "")"
        let tokens = record.tokenIDs.map(String.init).joined(separator: ".")
        let version = record.owner?.version ?? 0
        self.init(opaque: "\(version)-\(carried)-\(tokens)\(version == 0 ? "-\(Self.digest(of: record.name))" : "")")
    }

    /// Of the bytes of a text, by FNV-1a: tells spellings of one name apart.
    private static func digest(of text: String) -> String {
        let digest = text.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
        return String(digest, radix: 36)
    }

    /// A token is let in, and revoked, and has sessions; nothing else of it changes.
    init(_ token: Token) {
        let lastUse = token.lastUsedAt.map { String($0.milliseconds) } ?? ""
        let sessions = token.sessions.map { "-\($0.id)" }.joined()
        self.init(opaque: "\(token.revokedAt == nil ? 0 : 1)-\(lastUse)\(sessions)")
    }

    /// What is told to it is no part of it.
    init(_ webhook: Webhook) {
        self.init(opaque: "\(webhook.version)")
    }

    /// Entries never change, but that their texts may be erased.
    init(_ entry: LogEntry) {
        self.init(opaque: entry.isErased ? "\(entry.seq)-erased" : "\(entry.seq)")
    }
}
