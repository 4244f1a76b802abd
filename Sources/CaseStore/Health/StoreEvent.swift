/// What an operator should hear of, once each time that it begins or ends.
public enum StoreEvent: Sendable {
    /// Nothing is written any more until a restart. `rescue` is where the database can still be copied from as long as
    /// the process lives, when its file has lost its name.
    case latched(WriterLatch, rescue: DatabaseRescue?)
    /// Changes fail as long as the reason lasts; each batch tries anew.
    case failing(StoreError)
    /// Changes are kept again.
    case recovered
    /// The wall clock is not believed, and no change is kept, as long as that lasts.
    case clockDoubted(ClockTrouble)
    /// The wall clock is believed again.
    case clockBelieved
    /// A leap of the wall clock was accepted by an operator.
    case clockAccepted(ClockTrouble?)
    /// An operator wanted it accepted, in vain.
    case clockNotAccepted(String)
    /// There is no room to move the write-ahead log into the database. Nothing is lost, but the log grows.
    case checkpointsFailing(String)
    /// Another service goes on with the record: nothing is written.
    case superseded(epoch: Int64, by: Int64)
    /// The write-ahead log of a replicated database has got longer than its limit, in bytes: only Litestream can have it
    /// begin anew.
    case logTooLong(bytes: Int, limit: Int)
    /// It is within its limit again.
    case logShortAgain
    /// A connection was found in a state that no work may leave it in, and put in order; whose, and what it was.
    case healed(connection: String, found: String)
}
