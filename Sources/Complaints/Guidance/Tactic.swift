/// A row of the mission: what to do about a complaint, by the number that reports and guidance know it by.
public enum Tactic: String, Vocabulary, Comparable {
    case timeline = "T1"
    case keepPromises = "T2"
    case tellOfDelays = "T3"
    case promiseWithCare = "T4"
    case writeItDown = "T5"
    case listen = "T6"
    case restate = "T7"
    case acknowledge = "T8"
    case apologise = "T9"
    case letVent = "T10"
    case coolOff = "T11"
    case takeNoAbuse = "T12"
    case supervisor = "T13"
    case agree = "T14"
    case concede = "T15"
    case assessThreats = "T16"
    case relationship = "T17"
    case debrief = "T18"
    case learn = "T19"
    case handOver = "T20"
    case followUp = "T21"

    /// By their numbers.
    public static func < (a: Tactic, b: Tactic) -> Bool { a.number < b.number }

    private var number: Int { Int(rawValue.dropFirst()) ?? 0 }
}
