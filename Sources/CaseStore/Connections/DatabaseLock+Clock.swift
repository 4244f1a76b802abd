import Complaints
import Foundation
import Synchronization

/// What the process that serves a database tells other commands of its clock, and they it, in lines of the lock's file
/// after the holder's own: `clock MILLISECONDS` is when the machine was booted by the wall clock that the service believes,
/// `accept MILLISECONDS` an operator's word that it was booted then. Whoever may write that file may write the database beside
/// it, and what stands in it means nothing once the lock is given up. It needs no name of the boot: a lock that is held is of
/// this one, and a container may show another boot's name than its host.
extension DatabaseLock {
    /// What stands in the file of a lock that somebody holds.
    struct Contents {
        /// The holder: `4711 (serve)`.
        var holder: String?
        /// When this machine was booted, by the clock that the holder believes; nil when it does not say.
        var booted: Instant?
        /// When it was booted, by the clock that is to be believed.
        var acceptance: Instant?

        /// Of the whole lines of a text; others than these are passed over.
        init(_ text: String) {
            let lines: [Substring] = text.split(separator: "\n", omittingEmptySubsequences: false)
            for line in lines.dropLast() {
                let words = line.split(separator: " ").map(String.init)
                switch (words.first, words.count) {
                case ("clock", 2): booted = Self.instant(words[1])
                case ("accept", 2): acceptance = Self.instant(words[1])
                default: holder = holder ?? String(line)
                }
            }
        }

        private static func instant(_ text: String) -> Instant? {
            Int64(text).map { Instant(milliseconds: $0) }
        }
    }

    /// How far what is written down may be from what is believed: time servers turn the clock all the time.
    private static let precision = ElapsedTime.seconds(1)

    /// Writes down when the machine was booted, by the clock that is believed, where that has changed or somebody has
    /// asked for another.
    func publish(booted: Instant, always: Bool = false) {
        let isNews = published.withLock { published in
            if !always, let published, (published - booted).magnitude < Self.precision { return false }
            published = booted
            return true
        }
        if isNews { write("\(note)clock \(Self.digits(of: booted))\n") }
    }

    /// As long for each instant: a file whose length stays as it is has no moment at which a line of it is cut.
    private static func digits(of instant: Instant) -> String {
        let digits = String(instant.milliseconds)
        return String(repeating: "0", count: max(0, 15 - digits.count)) + digits
    }

    /// When the machine was booted by the clock that an operator says is right.
    var acceptance: Instant? { Contents(Self.text(of: descriptor)).acceptance }

    /// What the process says that has the lock of a database; nil when nobody has.
    static func held(ofDatabase path: String) -> Contents? {
        let descriptor = open(Self.path(ofDatabase: path), O_RDONLY | looking)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        guard FileStatus(descriptor: descriptor)?.isRegular == true else { return nil }
        // For as long as this takes; whoever begins to serve meanwhile tries again.
        guard flock(descriptor, LOCK_SH | LOCK_NB) != 0 else { return nil }
        return Contents(text(of: descriptor))
    }

    /// Tells the process that has the lock which clock is to be believed.
    ///
    /// - Throws: `StoreError.unusable` when the lock's file can't be written.
    static func accept(booted: Instant, ofDatabase path: String) throws(StoreError) {
        let lockPath = Self.path(ofDatabase: path)
        let descriptor = open(lockPath, O_WRONLY | O_APPEND | looking)
        let line = Array("accept \(booted.milliseconds)\n".utf8)
        let isWritten = descriptor >= 0 && Foundation.write(descriptor, line, line.count) == line.count
        let reason = String(cString: strerror(errno))
        if descriptor >= 0 { close(descriptor) }
        guard isWritten else { throw .unusable("\(lockPath) can't be written: \(reason).") }
    }

    static func text(of descriptor: CInt) -> String {
        var buffer = [UInt8](repeating: 0, count: 1000)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        return String(decoding: buffer.prefix(max(count, 0)), as: UTF8.self)
    }
}
