/// When something is due by a policy, and by which of its fields: the one for business time where it has one and the calendar
/// of the case's team can tell, else the one for elapsed time, so that there is always an answer.
public struct PolicyDue: Sendable {
    /// When it is due.
    public let instant: Instant
    /// What held.
    public let span: PromiseSpan
    /// How that was counted on a calendar; nil for elapsed time.
    public let business: BusinessDue?
    /// Why business time did not hold, though the policy has some; nil where it did, or has none.
    let gap: Gap?

    /// Why business time that a policy has is not gone by.
    enum Gap: Sendable {
        /// It can't be counted.
        case uncounted(BusinessSpan, DeskCalendar.Uncounted)
        /// By that calendar it would be due further off than the policy's `maxSpan`.
        case tooFar(BusinessSpan, calendar: String, maxSpan: ElapsedTime)
    }

    /// How it was counted on a calendar, in words; nil for elapsed time.
    public var explained: String? { business?.explained }

    /// Why it is due then, in a sentence.
    public var reason: String {
        let held = "\(span.field) is \(span.text)"
        if let business { return "\(held), counted by \(business.basis)." }
        let field = span.field + PromiseSpan.businessMark
        switch gap {
        case nil: return "\(held), and there is no \(field)."
        case .uncounted(let span, .noCalendar):
            return
                "\(held): for \(field), \(span.iso8601), the case's team has no calendar, and none is called default."
        case .uncounted(let span, .zone(let calendar, _)):
            return
                "\(held): for \(field), \(span.iso8601), the calendar \(calendar) has a time zone that is not on this system."
        case .uncounted(let span, .refused(_, let calendar)):
            return "\(held): for \(field), \(span.iso8601), the calendar \(calendar) has too little open time."
        case .tooFar(let span, let calendar, let maxSpan):
            return "\(held): by \(field), \(span.iso8601), on the calendar \(calendar) it would be due after max_span, "
                + "\(maxSpan.iso8601)."
        }
    }
}

/// How far off a policy has something.
public struct PromiseSpan: Sendable, Hashable {
    /// The policy's field that says so.
    public let field: String
    /// What that says.
    public let length: Length

    /// In elapsed or in business time.
    public enum Length: Sendable, Hashable {
        case elapsed(ElapsedTime)
        case business(BusinessSpan)
    }

    /// What the name of the field for business time has more than that of the one for elapsed time.
    static let businessMark = "_business"

    /// As ISO 8601 has it.
    public var text: String {
        switch length {
        case .elapsed(let span): span.iso8601
        case .business(let span): span.iso8601
        }
    }

    /// The same, for somebody who reads it.
    var words: String {
        switch length {
        case .elapsed(let span): span.iso8601
        case .business(let span): "\(span.iso8601) of business time"
        }
    }
}

extension Policy {
    /// When a complaint that was received at `start` is acknowledged; what follows on a talk that was put off is due as soon.
    public func acknowledgeDue(from start: Instant) -> PolicyDue {
        due("acknowledge_in", acknowledgeIn, acknowledgeInBusiness, from: start)
    }

    /// When the customer is asked how it went, after a resolution at `start`; nil: not by itself.
    public func followUpDue(from start: Instant) -> PolicyDue? {
        followUpIn.map { due("follow_up_in", $0, followUpInBusiness, from: start) }
    }

    /// When a promise of that kind is due that the policy makes by itself; nil where it makes none.
    public func ownDue(of kind: PromiseKind, from start: Instant) -> PolicyDue? {
        kind == .followUp ? followUpDue(from: start) : acknowledgeDue(from: start)
    }

    /// By when a promise of that kind which is made at `start` is to be due (T1); nil where the policy does not say: then
    /// `maxSpan` alone bounds it.
    public func latest(_ kind: PromiseKind, from start: Instant) -> PolicyDue? {
        switch kind {
        case .acknowledge: acknowledgeDue(from: start)
        case .remedy: due("remedy_in", remedyIn, remedyInBusiness, from: start)
        case .followUp: followUpDue(from: start)
        case .update, .callback, .answer, .decision, .checkIn, .other:
            due("update_in", updateIn, updateInBusiness, from: start)
        }
    }

    /// Whether any of it is counted on a calendar.
    public var usesBusinessTime: Bool {
        acknowledgeInBusiness != nil || updateInBusiness != nil || remedyInBusiness != nil || followUpInBusiness != nil
    }

    private func due(
        _ field: String, _ elapsed: ElapsedTime, _ business: BusinessSpan?, from start: Instant
    ) -> PolicyDue {
        guard let business else { return elapsedDue(field, elapsed, from: start) }
        guard let calendar else { return elapsedDue(field, elapsed, .uncounted(business, .noCalendar), from: start) }
        do throws(DeskCalendar.Uncounted) {
            let due = try calendar.counted(.after(business), from: start)
            guard due.instant - start <= maxSpan else {
                let gap = PolicyDue.Gap.tooFar(business, calendar: calendar.name, maxSpan: maxSpan)
                return elapsedDue(field, elapsed, gap, from: start)
            }
            let span = PromiseSpan(field: field + PromiseSpan.businessMark, length: .business(business))
            return PolicyDue(instant: due.instant, span: span, business: due, gap: nil)
        } catch {
            return elapsedDue(field, elapsed, .uncounted(business, error), from: start)
        }
    }

    private func elapsedDue(
        _ field: String, _ elapsed: ElapsedTime, _ gap: PolicyDue.Gap? = nil, from start: Instant
    ) -> PolicyDue {
        PolicyDue(
            instant: start + elapsed, span: PromiseSpan(field: field, length: .elapsed(elapsed)), business: nil,
            gap: gap)
    }
}
