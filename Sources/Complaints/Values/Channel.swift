/// The way a customer and the desk talk.
public enum Channel: String, Vocabulary {
    case phone, email, chat, web, social, letter
    case inPerson = "in_person"
    case other
}
