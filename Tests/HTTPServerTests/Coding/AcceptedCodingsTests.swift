import Testing

@testable import HTTPServer

@Suite("Accept-Encoding")
struct AcceptedCodingsTests {
    /// What goes out for a long body, and whether a short one may go as it is.
    @Test(
        "is read as RFC 9110 has it, but nobody gets gzip unasked",
        arguments: [
            (nil, false, true), ("", false, true), ("gzip", true, true), ("GZIP", true, true), ("x-gzip", true, true),
            ("gzip, deflate, br, zstd", true, true), ("deflate, br", false, true), ("*", true, true),
            ("*;q=0.1", true, true), ("gzip;q=0", false, true), ("gzip;q=0.000", false, true),
            ("gzip ; q=0.001", true, true), ("gzip;Q=0.5", true, true), ("*, gzip;q=0", false, true),
            ("identity", false, true), ("identity;q=0.5, gzip;q=0.4", false, true),
            ("identity;q=0.5, gzip;q=0.5", true, true), ("gzip;q=0.5, *;q=0", true, false),
            ("gzip, identity;q=0", true, false), ("*, identity;q=0", true, false), (" , ,gzip", true, true),
            ("gzip;q=nan", false, true), ("gzip;q=2", false, true), ("gzip;q=", false, true), ("gzipped", false, true),
            ("gzip;level=9", true, true), ("br;q=1.0, gzip;q=0.8, *;q=0.1", true, true),
        ] as [(String?, Bool, Bool)])
    func reading(field: String?, isCoded: Bool, takesPlain: Bool) {
        let codings = AcceptedCodings(field.map { [FieldValue($0)] } ?? [])
        #expect(codings.codes(1_000_000) == isCoded)
        #expect(codings.identity == takesPlain)
        #expect(codings.isSatisfiable)
        #expect(!codings.codes(1024) == takesPlain)
    }

    @Test(
        "can leave nothing that there is", arguments: ["identity;q=0", "*;q=0", "br, *;q=0", "identity;q=0, gzip;q=0"])
    func nothing(field: String) {
        #expect(!AcceptedCodings([FieldValue(field)]).isSatisfiable)
    }

    @Test("is the same in several fields")
    func fields() {
        #expect(
            AcceptedCodings(["br", "gzip;q=0.5", "identity;q=0"].map { FieldValue($0) })
                == AcceptedCodings([FieldValue("br,gzip;q=0.5,identity;q=0")]))
    }
}
