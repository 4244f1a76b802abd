/// The words of one row of an index, written one after the other with a space after each, in UTF-8: what a batch makes of
/// thousands of texts, so nothing of it is a text of its own.
package struct SearchBody {
    /// What was written so far.
    package private(set) var bytes: [UInt8] = []

    /// Stands between texts that are searched as one, so that no phrase goes from one to the next.
    private static let between = Array("¶ ".utf8)

    /// Nothing yet.
    ///
    /// - Parameter capacity: how many bytes to expect.
    package init(capacity: Int = 0) {
        if capacity > 0 { bytes.reserveCapacity(capacity) }
    }

    /// Adds the words of a text.
    ///
    /// - Returns: where they stand; an empty range where there are none.
    @discardableResult
    package mutating func add(_ text: UnsafeBufferPointer<UInt8>) -> Range<Int> {
        let end = bytes.count
        if end > 0 { bytes += Self.between }
        let start = bytes.count
        if !addASCII(text) {
            var cutter = WordCutter(into: BodySink(bytes: bytes))
            // There is one of the bytes at a time.
            bytes = []
            cutter.read(String(decoding: text, as: UTF8.self))
            bytes = cutter.sink.bytes
        }
        // Nothing stands beside nothing.
        if bytes.count == start { bytes.removeSubrange(end...) }
        return min(start, bytes.count)..<bytes.count
    }

    /// Adds the words of a text.
    @discardableResult
    package mutating func add(_ text: String) -> Range<Int> {
        var text = text
        return text.withUTF8 { add($0) }
    }

    /// Adds words that stand in it already as those of a key that something is known by elsewhere: who asks for keys alone
    /// need not look through all else that begins like them.
    package mutating func addAsKey(_ words: Range<Int>) {
        guard !words.isEmpty else { return }
        bytes += Self.between
        var isBetween = true
        for index in words {
            let byte = bytes[index]
            if isBetween, byte != UInt8(ascii: " ") { bytes += SearchWords.keyMark }
            isBetween = byte == UInt8(ascii: " ")
            bytes.append(byte)
        }
    }

    /// Adds the telephone numbers in a text.
    ///
    /// - Returns: where they stand; an empty range where there are none.
    @discardableResult
    package mutating func addNumbers(of text: String) -> Range<Int> {
        let words = PhoneNumber.all(in: text).compactMap(\.word)
        guard !words.isEmpty else { return bytes.count..<bytes.count }
        if !bytes.isEmpty { bytes += Self.between }
        let start = bytes.count
        for word in words {
            bytes += word.utf8
            bytes.append(UInt8(ascii: " "))
        }
        return start..<bytes.count
    }

    /// What most texts are is done without a look at any table; false for others, with nothing added.
    private mutating func addASCII(_ text: UnsafeBufferPointer<UInt8>) -> Bool {
        // They are put together beside: an array asks at each byte whether it is shared, and has room. Words are no longer than
        // the text, and a space after the last one.
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: text.count + 1) { words in
            var (count, length) = (0, 0)
            for byte in text {
                let small: UInt8
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"): small = byte
                case UInt8(ascii: "A")...UInt8(ascii: "Z"): small = byte | 0x20
                case 0x80...: return false
                default:
                    if length > 0 {
                        words[count] = UInt8(ascii: " ")
                        count += 1
                        length = 0
                    }
                    continue
                }
                length += 1
                if length <= WordCutter<BodySink>.longestWord {
                    words[count] = small
                    count += 1
                }
            }
            if length > 0 {
                words[count] = UInt8(ascii: " ")
                count += 1
            }
            bytes.append(contentsOf: UnsafeBufferPointer(rebasing: words[..<count]))
            return true
        }
    }

    private struct BodySink: WordSink {
        var bytes: [UInt8]

        mutating func take(_ word: [UInt8], as _: WordRole) {
            bytes += word
            bytes.append(UInt8(ascii: " "))
        }
    }
}
