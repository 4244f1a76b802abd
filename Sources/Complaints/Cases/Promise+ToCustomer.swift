extension Promise {
    /// What was promised, as its customer reads it: the words of the desk, but for those that the service has for a policy or a clock.
    /// These tell the desk what to do, whoever has them by now, and are said to the customer in other words.
    var whatToCustomer: String {
        Self.serviceWords.first { $0.desk.isExactly(what) }?.customer ?? what
    }

    /// All that the service promises by itself, as it tells the desk and as it tells the customer.
    private static let serviceWords =
        PromiseKind.allCases.map { (desk: $0.promisedByClock, customer: $0.promisedToCustomer) }
        + [(desk: Policy.callback, customer: "We get back to you; a supervisor can join if you want one")]
}

extension PromiseKind {
    /// What a policy or a clock promises, in words for the customer: the other side of `promisedByClock`.
    var promisedToCustomer: String {
        switch self {
        case .acknowledge: "We confirm that we have your complaint, and tell you what happens next"
        case .update: "We tell you how your complaint stands"
        case .callback: "We call you back"
        case .answer: "We answer your complaint"
        case .remedy: "We do what was found to be right"
        case .decision: "We tell you what was decided"
        case .checkIn: "We ask you how things are"
        case .followUp: "We ask you whether all is well"
        case .other: "We do what the procedure asks for next"
        }
    }
}
