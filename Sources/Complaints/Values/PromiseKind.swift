/// What a promise is about.
public enum PromiseKind: String, Vocabulary {
    case acknowledge, update, callback, answer, remedy, decision
    case checkIn = "check_in"
    case followUp = "follow_up"
    case other
}
