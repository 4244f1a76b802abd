/// Who made a promise.
public enum Promiser: String, Vocabulary {
    case desk, customer
}

/// To whom a promise was made.
public enum Promisee: String, Vocabulary {
    case customer, us
}
