import Complaints
import Foundation
import Testing

@testable import casekeeper

@Suite("What desks have in files")
struct FileFormTests {
    let folder = try! TemporaryFolder()

    private static let line = [
        "import", "a.csv", "--map", "external_id=id", "--map", "complaint=text", "--map", "customer.name=who", "--set",
        "received_at=2026-01-01T00:00:00Z", "--map", "channel=how",
    ]

    private func read(_ bytes: [UInt8], _ more: [String] = []) throws -> (RunResult, [String]) {
        try folder.write(bytes, to: "a.csv")
        let result = try Binary.run(Self.line + more, in: folder)
        let cases = folder.has("casekeeper.db") ? try Database(path: folder.path("casekeeper.db")).cases() : []
        return (
            result,
            cases.sorted { $0.record.id < $1.record.id }.map {
                "\($0.record.fields.externalID ?? "")|\($0.record.complaint)|\($0.record.customer.fields.name)|\($0.record.fields.channel)"
            }
        )
    }

    @Test(
        "is read at whatever separator, found by itself or named, with a mark or a line that says it",
        arguments: [
            ("id,text,who,how\n1,a;b,Zoë,web\n", []), ("id;text;who;how\r\n1;\"a;b\";Zoë;web\r\n", []),
            ("id\ttext\twho\thow\n1\ta;b\tZoë\tweb\n", []), ("id|text|who|how\n1|a;b|Zoë|web\n", []),
            ("sep=;\r\nid;text;who;how\r\n1;\"a;b\";Zoë;web\r\n", []),
            ("\u{FEFF}sep=|\nid|text|who|how\n1|a;b|Zoë|web\n", []),
            ("\"sep=~\"\nid~text~who~how\n1~a;b~Zoë~web\n", []), ("\u{FEFF}id;text;who;how\n1;\"a;b\";Zoë;web", []),
            ("id^text^who^how\n1^a;b^Zoë^web\n", ["--delimiter", "^"]),
            ("id\ttext\twho\thow\n1\ta;b\tZoë\tweb\n", ["--delimiter", "tab"]),
            ("id , text , who, how\n1 , \"a;b\" , Zoë , web \n", []),
            ("id,\"text\" ,who,how,x;y|z\n1, \"a;b\",Zoë,web,\n", []),
        ] as [(String, [String])])
    func separators(text: String, more: [String]) throws {
        let (result, cases) = try read(Array(text.utf8), more)
        #expect(result.exitCode == 0, "\(result)")
        #expect(cases == ["1|a;b|Zoë|web"])
    }

    @Test("is read in Windows-1252 where that is said, and its refused rows come back by the same line")
    func windows() throws {
        let text = "id;line;text;who;how\r\n1;7;Caf\u{E9} \u{80}5;Zo\u{EB};web\r\n2;8;na\u{EF}ve;Bj\u{F6}rn;pigeon\r\n"
        let bytes = text.unicodeScalars.map { UInt8($0.value) }
        let (unsaid, _) = try read(bytes)
        #expect(unsaid.exitCode == 65 && unsaid.errors.contains("line 2 is not UTF-8; give --encoding windows-1252"))
        let more = ["--encoding", "windows-1252", "--map", "subject=line"]
        let (result, cases) = try read(bytes, more)
        #expect(result.exitCode == 65 && cases == ["1|Café €5|Zoë|web"], "\(result)")
        #expect(result.output.hasPrefix("2 rows: 1 added, 0 already there, 1 refused, in "))
        // Foundation would take the mark away.
        let bytesOfRejects = try Data(contentsOf: URL(filePath: folder.path("a.rejects.csv")))
        let rejects = String(decoding: bytesOfRejects, as: UTF8.self)
        #expect(rejects.hasPrefix("\u{FEFF}id;line;text;who;how;line;reasons\r\n2;8;naïve;Björn;pigeon;3;"))
        let (again, mended) = try read(Array(rejects.replacing("pigeon", with: "phone").utf8), more)
        #expect(again.exitCode == 0 && again.output.hasPrefix("1 rows: 1 added"), "\(again)")
        #expect(mended == ["1|Café €5|Zoë|web", "2|naïve|Björn|phone"])
        let (wrong, _) = try read(Array("id,text,who,how\n3,é,x,web\n".utf8), ["--encoding", "windows-1252"])
        #expect(
            wrong.exitCode == 65 && wrong.errors.contains("it is UTF-8, and not Windows-1252: leave --encoding out"))
    }

    @Test("that can't be told is refused, with what to do, and changes nothing")
    func refused() throws {
        for (bytes, more, words) in [
            (
                Array("id,text;who|how\n1,a;b|c\n".utf8), [],
                "what separates its cells can't be told; say it by --delimiter"
            ),
            (
                Array("sep=;\nid;text;who;how\n".utf8), ["--delimiter", ","],
                "its first line says that ';' separates, and --delimiter ','"
            ),
            (Array("id,text".utf8).flatMap { [$0, 0] }, [], "UTF-16; convert the file first: iconv -f UTF-16"),
            ([0xFE, 0xFF] + Array("id".utf8).flatMap { [0, $0] }, [], "UTF-16"),
            (
                Array("id,text,who,how\n1,".utf8) + [0x81] + Array(",x,web\n".utf8), ["--encoding", "windows-1252"],
                "line 2 is not Windows-1252"
            ),
        ] as [([UInt8], [String], String)] {
            let (result, cases) = try read(bytes, more)
            #expect(result.exitCode == 65 && result.errors.contains(words), "\(result.errors)")
            #expect(cases == [] && !folder.has("casekeeper.db"))
        }
        for arguments in [
            ["--delimiter", "ab"], ["--delimiter", "a"], ["--encoding", "utf-16"], ["--from", "excel"],
        ] {
            #expect(try Binary.run(Self.line + arguments, in: folder).exitCode == 64)
        }
    }

    @Test("shows its first rows as they would become before an import")
    func preview() throws {
        try folder.write(
            "id;text;who;how;on\n1;\"It\nleaks\";Ann;web;03.06.24\n2;x;Bo;pigeon;04.06.24\n3;y;Cy;;1717459200\n4;z;Di;;\n",
            to: "a.csv")
        let result = try Binary.run(
            [
                "import", "a.csv", "--map", "external_id=id", "--map", "complaint=text", "--map", "customer.name=who",
                "--map", "channel=how", "--map", "received_at=on", "--date-format", "dd.MM.yy", "--date-format",
                "epoch",
                "--due-in", "P2D", "--dry-run",
            ], in: folder)
        #expect(result.exitCode == 65)
        #expect(
            result.output.hasPrefix("4 rows: 2 would be added, 0 already there, 2 refused, in "), "\(result.output)")
        for words in [
            "\nline 2 would be added:\n  complaint: It leaks\n  external_id: 1\n  channel: web\n",
            "  customer.name: Ann\n  received_at: 2024-06-03T00:00:00Z\n  promise.due_at: 2024-06-05T00:00:00Z\n",
            "\nline 4 would be refused: channel: 'pigeon' is not one of", "\nline 5 would be added:\n",
            "  received_at: 2024-06-04T00:00:00Z\n",
        ] { #expect(result.output.contains(words), "\(words)\n\(result.output)") }
        #expect(!result.output.contains("line 6"))
    }

    @Test(
        "has dates in several forms; one that fits two as other days is none",
        arguments: [
            ("03/04/2024", ["d/M/yyyy"], "2024-04-03T00:00:00Z"),
            ("25/04/2024", ["d/M/yyyy", "M/d/yyyy"], "2024-04-25T00:00:00Z"),
            ("04/04/2024", ["d/M/yyyy", "M/d/yyyy"], "2024-04-04T00:00:00Z"),
            ("03/04/2024", ["d/M/yyyy", "M/d/yyyy"], nil),
            ("3.4.24", ["d.M.yy"], "2024-04-03T00:00:00Z"), ("3.4.68", ["d.M.yy"], "2068-04-03T00:00:00Z"),
            ("3.4.69", ["d.M.yy"], "1969-04-03T00:00:00Z"), ("3.4.2024", ["d.M.yy"], nil),
            ("1717459200", ["epoch"], "2024-06-04T00:00:00Z"), ("1717459200.25", ["epoch"], "2024-06-04T00:00:00.250Z"),
            ("-1.5", ["epoch"], "1969-12-31T23:59:58.500Z"),
            ("1717459200123", ["epoch_ms"], "2024-06-04T00:00:00.123Z"),
            ("1717459200", ["epoch_ms", "epoch"], "2024-06-04T00:00:00Z"),
            ("1717459200123", ["epoch", "epoch_ms"], "2024-06-04T00:00:00.123Z"), ("1717459200", [], nil),
            ("", ["epoch"], nil),
            ("1.", ["epoch"], nil),
            ("2024-06-04T02:00:00+0200", [], "2024-06-04T00:00:00Z"),
            ("2024-06-04 02:00:00 +0200", [], "2024-06-04T00:00:00Z"),
            ("2024-06-04 00:00:00.5Z", [], "2024-06-04T00:00:00.500Z"),
            ("2024-06-04 00:00:00 UTC", [], "2024-06-04T00:00:00Z"),
            ("2024-06-04 02:00:00+02", [], "2024-06-04T00:00:00Z"), ("2024-06-04 00:00:00", [], nil),
            ("2024-06-04 00:00:00", ["yyyy-MM-dd HH:mm:ss"], "2024-06-04T00:00:00Z"),
            ("4.6.2024 02:00 +0200", ["d.M.yyyy HH:mm XX"], "2024-06-04T00:00:00Z"),
        ] as [(String, [String], String?)])
    func dates(text: String, forms: [String], instant: String?) throws {
        let forms = DateForms(patterns: try forms.map { try DatePattern($0) })
        #expect((try? forms.instant(text))?.rfc3339 == instant)
    }
}
