// How it is doing.
extension CaseStore {
    /// Whether changes are kept now.
    public var writing: WritingState { writer.writing }

    /// Whether a reader could not read just now, a loop's or another, whatever it was asked.
    public var isReadFailing: Bool { health.isReadFailing }

    /// Whether another service goes on with the record, so that nothing is written here.
    public var isSuperseded: Bool { writer.fence.refusal != nil }

    /// Why nothing is written until a restart, if so.
    public var latch: WriterLatch? { health.latch }

    /// How the write-ahead log is doing.
    public var logFigures: LogFigures { writer.log.figures }

    /// The bytes that may still be written on the disk; nil when nobody can tell.
    public var freeBytes: Int? { writer.freeBytes }
}
