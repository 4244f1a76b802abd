import CZlib

/// What was wrong with bytes that should have been one gzip member.
public struct NotGzip: Error {
    /// zlib's number, or what was left behind the member.
    public let reason: String
}

/// The content of exactly one gzip member (RFC 1952), as zlib reads it: with its checksum and its length looked at.
public func gunzip(_ bytes: [UInt8]) throws -> [UInt8] {
    var stream = z_stream()
    // What the macro inflateInit2 calls; 16 for gzip's frame.
    guard inflateInit2_(&stream, 16 + 15, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
        throw NotGzip(reason: "no memory")
    }
    defer { inflateEnd(&stream) }
    var output: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 65_536)
    var input = bytes
    return try input.withUnsafeMutableBufferPointer { input in
        stream.next_in = input.baseAddress
        stream.avail_in = UInt32(input.count)
        while true {
            let result = buffer.withUnsafeMutableBufferPointer { buffer in
                stream.next_out = buffer.baseAddress
                stream.avail_out = UInt32(buffer.count)
                return inflate(&stream, Z_NO_FLUSH)
            }
            guard result == Z_OK || result == Z_STREAM_END else { throw NotGzip(reason: "zlib says \(result)") }
            output += buffer[..<(buffer.count - Int(stream.avail_out))]
            if result == Z_STREAM_END { break }
        }
        guard stream.avail_in == 0 else { throw NotGzip(reason: "\(stream.avail_in) bytes follow") }
        return output
    }
}
