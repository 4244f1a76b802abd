/// How the customer is (T10, T12). `abusive` means personal attack or threat, not swearing or venting.
public enum Mood: String, Vocabulary {
    case calm, upset, angry, abusive
}
