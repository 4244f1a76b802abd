import HTTPServer
import HTTPTypes

/// The fields by which a proxy says that a request came from somebody else.
enum Forwarding {
    private static let names: [StaticString] = ["forwarded", "via", "x-real-ip"]
    private static let prefix: StaticString = "x-forwarded"

    /// The name of one of them in the request, whatever it says.
    static func field(in fields: HeaderFields) -> String? {
        fields.first { isForwarding($0.name) }?.name.rawName
    }

    private static func isForwarding(_ name: HTTPField.Name) -> Bool {
        let bytes = name.canonicalName.utf8
        // What most requests bear is told by its first letter.
        switch bytes.first {
        case UInt8(ascii: "f"), UInt8(ascii: "v"), UInt8(ascii: "x"):
            return names.contains { bytes.elementsEqual(Self.bytes($0)) } || bytes.starts(with: Self.bytes(prefix))
        default: return false
        }
    }

    private static func bytes(_ text: StaticString) -> UnsafeBufferPointer<UInt8> {
        UnsafeBufferPointer(start: text.utf8Start, count: text.utf8CodeUnitCount)
    }
}
