import Complaints
import Testing

@Suite("What stands in a JSON string as it is")
struct PlainJSONTests {
    private static func end(of bytes: [UInt8], from start: Int = 0) -> Int {
        bytes.withUnsafeBufferPointer { $0.plainEnd(from: start) }
    }

    @Test(
        "ends at the first quotation mark, reverse solidus or control character, wherever that is",
        arguments: UInt8.min...UInt8.max)
    func everyByte(byte: UInt8) {
        let isSpecial = byte < 0x20 || byte == 0x22 || byte == 0x5C
        // What lies on both sides of each limit, and above it by the highest bit.
        for plain: UInt8 in [0x20, 0x21, 0x23, 0x5B, 0x5D, 0x7F, 0x80, 0xA2, 0xDC, 0xFF] {
            for place in 0..<20 {
                var bytes = [UInt8](repeating: plain, count: 20)
                bytes[place] = byte
                #expect(Self.end(of: bytes) == (isSpecial ? place : 20))
                #expect(Self.end(of: bytes, from: place) == (isSpecial ? place : 20))
                if place < 19 { #expect(Self.end(of: bytes, from: place + 1) == 20) }
            }
        }
    }

    @Test("ends with the text, which may be empty")
    func ends() {
        #expect(Self.end(of: []) == 0)
        #expect(Self.end(of: [0x61], from: 1) == 1)
        #expect(UnsafeBufferPointer<UInt8>(start: nil, count: 0).plainEnd(from: 0) == 0)
        #expect(Self.end(of: Array("Größe: 5 €, ja".utf8)) == "Größe: 5 €, ja".utf8.count)
    }
}
