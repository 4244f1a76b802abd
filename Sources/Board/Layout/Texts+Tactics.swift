import Complaints

/// What the rows of the tactics are about, by which guidance is put in order.
extension Texts {
    /// What a tactic is about, with its number; an unknown word stays as it is.
    static func tactic(_ word: String?) -> String {
        guard let word, let tactic = Tactic(rawValue: word) else { return word ?? "" }
        return "\(name(of: tactic)) (\(word))"
    }

    private static func name(of tactic: Tactic) -> String {
        switch tactic {
        case .timeline: "A date for all that comes"
        case .keepPromises: "Keep what is promised"
        case .tellOfDelays: "Tell of delays before they happen"
        case .promiseWithCare: "Promise for others with care"
        case .writeItDown: "Write the complaint down"
        case .listen: "Listen for the facts"
        case .restate: "Say it back"
        case .acknowledge: "Acknowledge how they feel"
        case .apologise: "Apologise"
        case .letVent: "Let them vent"
        case .coolOff: "A pause"
        case .takeNoAbuse: "No abuse"
        case .supervisor: "A supervisor"
        case .agree: "Agree on a way out"
        case .concede: "Give within limits"
        case .assessThreats: "Look into threats"
        case .relationship: "Go on, or part"
        case .debrief: "Talk it over"
        case .learn: "Learn from it"
        case .handOver: "Hand over"
        case .followUp: "Follow up"
        }
    }

    static let tacticsNote =
        "In brackets stand the numbers of the tactics, by which reports and the documentation name them."
}
