import Glibc
import HTTPTypes

/// A cache of parsed header sections: those that came lately, with what they mean. Clients that keep a connection send the same section with
/// request after request, and to compare it costs less than to read it again. Used on one loop.
///
/// What a section means depends on
/// - its bytes, to the empty line, all of which are compared;
/// - the minor version, which is compared: HTTP/1.0 has no chunks and closes (RFC 9112 sections 6.1 and 9.3);
/// - whether the method is CONNECT, whose sections are not remembered;
/// - the limits of lines and sections, which are the server's, as the memory is.
///
/// It depends neither on the target nor on any other method: what follows from these, such as how long the body may be,
/// is not said here and is asked for each request.
final class HeaderSectionCache {
    private struct Section {
        /// With the empty line at the end.
        let bytes: [UInt8]
        let minorVersion: UInt8
        let meaning: RequestHead
    }

    /// As many as are compared in less time than it takes to read one.
    private static let capacity = 4
    /// Longer ones, with cookies for example, are few.
    private static let longest = 2048

    /// The latest first.
    private var sections: [Section] = []

    /// Whether `bytes` begin with a section that is remembered; `head` then has its meaning.
    /// - Returns: how long the section is; 0 when it is not remembered.
    func recall(_ bytes: UnsafeRawBufferPointer, for head: inout RequestHead) -> Int {
        guard head.method != .connect else { return 0 }
        for section in sections
        where section.bytes.count <= bytes.count && section.minorVersion == head.minorVersion
            && memcmp(section.bytes, bytes.baseAddress!, section.bytes.count) == 0
        {
            head.fields = section.meaning.fields
            head.framing = section.meaning.framing
            head.keepAlive = section.meaning.keepAlive
            head.expectsContinue = section.meaning.expectsContinue
            head.codings = section.meaning.codings
            return section.bytes.count
        }
        return 0
    }

    /// Remembers a section that was read and not refused.
    func remember(_ bytes: UnsafeRawBufferPointer, as head: RequestHead) {
        guard head.method != .connect, bytes.count <= Self.longest else { return }
        if sections.count == Self.capacity { sections.removeLast() }
        sections.insert(Section(bytes: Array(bytes), minorVersion: head.minorVersion, meaning: head), at: 0)
    }
}
