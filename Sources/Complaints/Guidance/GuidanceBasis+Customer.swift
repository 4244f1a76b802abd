/// The customer's side of the timeline: what they have promised us.
extension GuidanceBasis {
    /// How many of their promises guidance names.
    private static let mostNamed = 5

    /// Of T1: what is theirs to do, beside what is ours.
    var customerWords: [String] {
        customerPromises.map { id in
            let promise = file.promise(id)
            let due = promise.map { " \($0.dueAt < now ? "and was due" : "due") at \($0.dueAt.rfc3339)" } ?? ""
            return "Promise \(id) is the customer's,\(due)."
        }
    }

    /// The promises that these are about.
    var customerPromises: [Int64] { isOpen ? file.unsettledByCustomer.prefix(Self.mostNamed).map(\.id) : [] }

    /// Of T1: what the customer has missed is asked after, by a promise of ours; unless that is made, or the talk rests.
    var checkIn: Finding? {
        let missed = file.unsettledByCustomer.filter { $0.state(at: now) == .overdue }
        guard !missed.isEmpty, !file.willCheckIn, rest == nil else { return nil }
        return .pending(
            .timeline, .giveDate, "Say when you check in with the customer about what they promised",
            Guidance.Reason(
                "What the customer promised is past due; what we promised goes on all the same.",
                promises: missed.prefix(Self.mostNamed).map(\.id)),
            .promise(.checkIn(due: due)))
    }
}

extension PromiseRequest {
    /// That the desk asks the customer how far they are with what they promised. Whoever sends it as it is can keep it.
    static func checkIn(due: DueRequest) -> PromiseRequest {
        PromiseRequest(
            kind: .checkIn, what: "Ask the customer how far they are with what they promised", due: due,
            nextStep: "We ask how far you are, and what you need for it")
    }
}
