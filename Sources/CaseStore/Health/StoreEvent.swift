/// What an operator should hear of, once each time that it begins or ends.
public enum StoreEvent: Sendable {
    /// Nothing is written any more until a restart. `rescue` is where the database can still be copied from as long as
    /// the process lives, when its file has lost its name.
    case latched(WriterLatch, rescue: String?)
    /// Changes fail as long as the reason lasts; each batch tries anew.
    case failing(StoreError)
    /// Changes are kept again.
    case recovered
    /// There is no room to move the write-ahead log into the database. Nothing is lost, but the log grows.
    case checkpointsFailing(String)
    /// A connection was found in a state that no work may leave it in, and put in order; whose, and what it was.
    case healed(connection: String, found: String)
}
