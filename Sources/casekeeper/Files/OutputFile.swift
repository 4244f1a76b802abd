import CaseStore
import Glibc

/// What a command writes, from front to back, in pieces of some size.
///
/// A file is new, is made beside its place, and takes it only once it is whole (see `PendingFile`): until then, and
/// whenever something goes wrong, what was there stays. What is no file is written as it comes: the standard streams,
/// a terminal or /dev/null, a pipe that somebody reads.
struct OutputFile: ~Copyable {
    private static let bufferSize = 64 * 1024

    private let path: String
    private let descriptor: CInt
    private let isOwned: Bool
    /// Nil where it is written as it comes.
    private let pending: PendingFile?
    private var buffer: [UInt8] = []

    /// - Parameters:
    ///   - replaceable: what may be there already.
    ///   - sources: files that the command reads, which it does not write over.
    /// - Throws: `CopyError` when it may not be made, `FileError` when it can't be.
    init(at path: String, replacing replaceable: PendingFile.Replaceable, reading sources: FileNames)
        throws
    {
        if let stream = try OutputChannel(at: path) {
            try stream.requireApart(from: sources, path)
            self.init(path, stream)
        } else {
            let pending = try PendingFile(at: path, replacing: replaceable, reading: sources)
            self.init(path, try OutputChannel(of: pending), pending)
        }
    }

    /// The standard output.
    ///
    /// - Throws: `CopyError.ownSource` where that is one of the files that the command reads.
    init(reading sources: FileNames = FileNames()) throws(CopyError) {
        try OutputChannel.standard.requireApart(from: sources, "standard output")
        self.init("standard output", .standard)
    }

    private init(_ path: String, _ stream: OutputChannel, _ pending: PendingFile? = nil) {
        self.path = path
        descriptor = stream.descriptor
        isOwned = stream.isOwned
        self.pending = pending
    }

    /// Gives up what has not been put in its place.
    deinit {
        if isOwned { close(descriptor) }
        pending?.discard()
    }

    /// Looks whether it may be made, as far as can be told beforehand.
    ///
    /// - Throws: `CopyError` or `FileError` when not.
    static func check(
        _ path: String, replacing replaceable: PendingFile.Replaceable, reading sources: FileNames
    ) throws {
        guard !OutputChannel.isStream(path) else { return }
        try PendingFile.check(path, replaceable, sources)
    }

    mutating func write(_ bytes: some Sequence<UInt8>) throws(FileError) {
        buffer.append(contentsOf: bytes)
        if buffer.count >= Self.bufferSize { try flush() }
    }

    /// Hands everything written so far to the system.
    mutating func flush() throws(FileError) {
        var written = 0
        while written < buffer.count {
            let count = buffer[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count >= 0 {
                written += count
            } else if errno != EINTR {
                throw FileError(.write, path)
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }

    /// Puts it in its place, with everything written so far.
    mutating func place() throws {
        try flush()
        try pending?.moveIntoPlace()
    }
}
