import Foundation

/// By C's search: what a server answers is long, and a loop over its bytes slow without optimisation.
extension [UInt8] {
    /// Where those bytes, of which there is one at least, come next, from a place on.
    func place(of sought: [UInt8], from start: Int = 0) -> Int? {
        withUnsafeBytes { bytes in
            var next = start
            while next + sought.count <= bytes.count,
                let found = memchr(bytes.baseAddress! + next, Int32(sought[0]), bytes.count - next - sought.count + 1)
            {
                if memcmp(found, sought, sought.count) == 0 { return UnsafeRawPointer(found) - bytes.baseAddress! }
                next = UnsafeRawPointer(found) - bytes.baseAddress! + 1
            }
            return nil
        }
    }

    /// How often they come, from a place on.
    func count(of sought: [UInt8], from start: Int = 0) -> Int {
        var (next, count) = (start, 0)
        while let place = place(of: sought, from: next) {
            next = place + sought.count
            count += 1
        }
        return count
    }

    /// What is between them, as texts.
    func pieces(separatedBy separator: [UInt8]) -> [String] {
        var (start, pieces) = (0, [String]())
        while let end = place(of: separator, from: start) {
            pieces.append(String(decoding: self[start..<end], as: UTF8.self))
            start = end + separator.count
        }
        return pieces + [String(decoding: self[start...], as: UTF8.self)]
    }
}
