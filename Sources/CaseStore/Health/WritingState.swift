/// Whether changes are kept.
public enum WritingState: Sendable {
    case open
    /// Not as long as the reason lasts.
    case failing(StoreError)
    /// Not until the service is restarted.
    case latched(WriterLatch)
}
