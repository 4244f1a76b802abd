/// Bytes that are only added to: an array asks at each addition whether it is shared, and an answer is some hundred
/// additions a row.
package struct ByteBuffer: ~Copyable {
    @usableFromInline var start: UnsafeMutablePointer<UInt8>
    @usableFromInline var capacity: Int
    @usableFromInline var count = 0

    package init(capacity: Int) {
        self.capacity = max(capacity, 64)
        start = .allocate(capacity: self.capacity)
    }

    deinit {
        start.deallocate()
    }

    /// A copy of all of them.
    package var bytes: [UInt8] { Array(UnsafeBufferPointer(start: start, count: count)) }

    @inlinable
    @inline(__always)
    package mutating func append(_ byte: UInt8) {
        if count == capacity { grow(by: 1) }
        start[count] = byte
        count += 1
    }

    @inlinable
    @inline(__always)
    package mutating func append(_ bytes: UnsafeBufferPointer<UInt8>) {
        guard let source = bytes.baseAddress else { return }
        if capacity - count < bytes.count { grow(by: bytes.count) }
        (start + count).initialize(from: source, count: bytes.count)
        count += bytes.count
    }

    /// A text in UTF-8.
    package mutating func append(_ text: String) {
        var text = text
        text.withUTF8 { append($0) }
    }

    @usableFromInline
    @inline(never)
    mutating func grow(by missing: Int) {
        let larger = max(2 * capacity, count + missing)
        let moved = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        moved.moveInitialize(from: start, count: count)
        start.deallocate()
        (start, capacity) = (moved, larger)
    }
}
