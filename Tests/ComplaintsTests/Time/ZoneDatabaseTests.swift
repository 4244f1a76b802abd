import Complaints
import Foundation
import TestSupport
import Testing

@Suite("Time zones are those of the IANA database")
struct ZoneDatabaseTests {
    private let zones = ZoneDatabase.system

    /// What the database has a name for and is no place: its clocks show nothing.
    private static let unset = ["Factory"]

    /// Read in another way than the service does.
    private static let names: [String] = {
        let text = FileManager.default.contents(atPath: ZoneDatabase.path).map { String(decoding: $0, as: UTF8.self) }
        return (text ?? "").components(separatedBy: "\n").compactMap { line in
            let words = line.components(separatedBy: " ")
            return words[0] == "Z" ? words[1] : words[0] == "L" ? words[2] : nil
        }.filter { !unset.contains($0) }
    }()

    @Test("every name of the database is one, in capital and in small letters, and is told in the database's spelling")
    func everyName() {
        #expect(Self.names.count > 400)
        #expect(Set(zones.names) == Set(Self.names))
        for name in Self.names {
            let mixed = String(
                name.enumerated().map {
                    $0.offset.isMultiple(of: 2) ? $0.element.lowercased() : $0.element.uppercased()
                }.joined())
            for spelling in [name, name.uppercased(), name.lowercased(), mixed] {
                #expect(zones.zone(named: spelling)?.name == name)
            }
        }
    }

    @Test("what only looks like a name is none")
    func lookalikes() {
        for name in Self.names {
            for other in Lookalike.all(of: name) + [" " + name, name + " ", name + "\0", name + "/", "./" + name] {
                #expect(zones.zone(named: other) == nil, "\(other.unicodeScalars.map(\.value))")
            }
        }
    }

    @Test(
        "a path is no name",
        arguments: [
            "", "/", ".", "..", "../../etc/passwd", "/etc/localtime", "Europe", "Europe/", "posix/Europe/Berlin",
            "right/UTC", "tzdata.zi", "localtime", "posixrules", ":UTC", "UTC+1", "GMT+0100", "+01:00", "UTC0",
        ])
    func paths(name: String) {
        #expect(zones.zone(named: name) == nil)
    }

    @Test(
        "a zone of the database whose clocks show nothing is none, and neither is another name of it", arguments: unset)
    func unsetZones(name: String) throws {
        #expect(FileManager.default.contents(atPath: ZoneDatabase.path)?.range(of: Data("Z \(name) ".utf8)) != nil)
        for spelling in [name, name.lowercased(), name.uppercased(), "Etc/\(name)"] {
            #expect(zones.zone(named: spelling) == nil)
        }
        #expect(!zones.names.contains(name))
        let made = ZoneDatabase(
            "Z A/Nowhere 0 - -00\nZ A/Late 0 - -00 1957\n1 - +01\nL A/Nowhere B/Other\nL A/Late B/Late\n",
            folder: "/nonexistent")
        #expect(made.names == ["A/Late", "B/Late", "UTC"])
        #expect(made.nearest(to: "-00") == [])
    }

    @Test("what was meant is found in work that does not hold up a loop, whatever was written")
    func boundedWork() {
        for name in ["Europ/Londn", "America/Argentina/ComodRivadavi", String(repeating: "a", count: 40)] {
            var budget = SearchBudget(SearchBudget.ofZones)
            _ = NearestName.nearest(to: name.lowercased(), among: zones.names.map { $0.lowercased() }, within: &budget)
            #expect(!budget.isSpent, "\(name)")
            let everyCell = zones.names.reduce(0) { $0 + $1.utf8.count * name.utf8.count }
            let cost = SearchBudget.ofZones - budget.left
            #expect(everyCell > 2 * cost, "\(name) costs \(cost) of \(everyCell)")
        }
    }

    @Test("an abbreviation that is no name of the database is refused, whatever Foundation means by it")
    func abbreviations() throws {
        let names = Set(Self.names.map { $0.uppercased() })
        let others = TimeZone.abbreviationDictionary.keys.filter { !names.contains($0.uppercased()) }
        #expect(others.count > 30)
        for abbreviation in others {
            #expect(TimeZone(identifier: abbreviation) != nil || TimeZone(abbreviation: abbreviation) != nil)
            #expect(zones.zone(named: abbreviation) == nil)
            #expect(zones.zone(named: abbreviation.lowercased()) == nil)
        }
    }

    @Test(
        "it is told what was meant",
        arguments: [
            ("BST", "Europe/London"), ("AST", "America/Halifax"), ("NST", "America/St_Johns"),
            ("SST", "Pacific/Pago_Pago"), ("ACT", "Australia/ACT"), ("pst", "America/Los_Angeles"),
            ("IST", "Asia/Kolkata"), ("Berlin", "Europe/Berlin"), ("new york", "America/New_York"),
            ("Europe/Berln", "Europe/Berlin"), ("Asia/\u{212A}olkata", "Asia/Kolkata"),
        ])
    func nearest(name: String, meant: String) {
        #expect(zones.nearest(to: name).contains(meant))
        #expect(zones.nearest(to: name).count <= 5)
        #expect(zones.advice(for: name).contains(meant))
    }

    @Test(
        "an offset is no zone, and what has it at all times is offered with its sign the other way round",
        arguments: [
            ("GMT+1", "1 hour ahead of UTC is Etc/GMT-1"), ("gmt-1", "1 hour behind UTC is Etc/GMT+1"),
            ("UTC+10", "10 hours ahead of UTC is Etc/GMT-10"), ("UTC-5", "5 hours behind UTC is Etc/GMT+5"),
            ("+01:00", "1 hour ahead of UTC is Etc/GMT-1"), ("-0800", "8 hours behind UTC is Etc/GMT+8"),
            ("GMT 1", "1 hour ahead of UTC is Etc/GMT-1"), ("UTC+00:00", "never differs from UTC is UTC"),
            ("UTC \u{2212} 3", "3 hours behind UTC is Etc/GMT+3"), ("UTC+05:30", nil), ("GMT+15", nil), ("UTC12", nil),
            ("Etc/GMT+15", nil), ("Etc/UTC+1", nil), ("+1", "1 hour ahead of UTC is Etc/GMT-1"),
        ] as [(String, String?)])
    func offsets(name: String, meant: String?) {
        #expect(zones.zone(named: name) == nil)
        let advice = zones.advice(for: name)
        #expect(advice.contains("An offset from UTC is no zone, for most clocks change theirs: name a place."))
        #expect(!advice.contains("Did you mean"))
        #expect(advice.contains("the other way round") == (meant?.contains("Etc/") ?? false), "\(advice)")
        if let meant { #expect(advice.contains(meant), "\(advice)") }
    }

    @Test("of an abbreviation it is told that it is ambiguous, with places and none of them first but by the alphabet")
    func ambiguous() {
        for name in ["PST", "BST", "IST", "CST", "EDT", "AEST"] {
            let likely = zones.nearest(to: name)
            #expect(!likely.isEmpty && likely == likely.sorted() && likely.allSatisfy { $0.contains("/") })
            let advice = zones.advice(for: name)
            #expect(advice.contains("An abbreviation means more than one zone: name a place, such as "), "\(advice)")
        }
        #expect(zones.nearest(to: "PST").first == "America/Los_Angeles")
    }

    @Test("names that look like abbreviations and are in the database are as it says")
    func namesLikeAbbreviations() throws {
        let winter = Instant(milliseconds: 1_768_478_400_000)
        let summer = Instant(milliseconds: 1_784_116_800_000)
        for (name, hours) in [
            ("EST", (-5, -5)), ("MST", (-7, -7)), ("HST", (-10, -10)), ("EST5EDT", (-5, -4)), ("CET", (1, 2)),
            ("EET", (2, 3)), ("WET", (0, 1)), ("MET", (1, 2)), ("UTC", (0, 0)), ("GMT", (0, 0)),
            ("Etc/GMT+5", (-5, -5)),
        ] {
            let zone = try #require(zones.zone(named: name))
            #expect(zone.name == name)
            #expect(zone.offset(at: winter) == hours.0 * 3_600_000, "\(name)")
            #expect(zone.offset(at: summer) == hours.1 * 3_600_000, "\(name)")
        }
    }

    @Test("without a database there is UTC, and the advice says what is missing")
    func missing() {
        let none = ZoneDatabase(reading: "/nonexistent")
        #expect(none.zone(named: "utc") == .utc)
        #expect(none.zone(named: "Europe/Berlin") == nil)
        #expect(none.advice(for: "Europe/Berlin").contains("tzdata"))
        #expect(none.version == nil)
    }

    @Test("its version is what its first line says, and nothing else")
    func version() throws {
        #expect(try #require(zones.version).wholeMatch(of: /20[0-9]{2}[a-z]{1,2}/) != nil)
        for text in [
            "", "version 2026a\n", "# version\n", "# version 2026a b\n", "# redo posix_only\n# version 2026a\n",
        ] {
            #expect(ZoneDatabase(text, folder: "/nonexistent").version == nil)
        }
        #expect(ZoneDatabase("# version 2026a", folder: "/nonexistent").version == "2026a")
    }

    @Test("a zone whose file can't be read is none, and the advice says so")
    func unreadableZone() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "zones-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: "\(folder)/A", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Data("Z A/B 0 - X\nZ A/C 0 - X\nZ ../A/B 0 - X\nL A/B A/D\n".utf8).write(
            to: URL(filePath: "\(folder)/tzdata.zi"))
        try Data("TZif2".utf8).write(to: URL(filePath: "\(folder)/A/B"))
        let zones = ZoneDatabase(reading: "\(folder)/tzdata.zi")
        for name in ["A/B", "A/C", "A/D"] {
            #expect(zones.zone(named: name) == nil)
            #expect(zones.advice(for: name).contains("this system's file of \(name) can't be read"))
        }
        #expect(zones.zone(named: "../A/B") == nil)
        try FileManager.default.copyItem(
            atPath: "/usr/share/zoneinfo/Asia/Kathmandu", toPath: "\(folder)/A/C")
        #expect(zones.zone(named: "a/c")?.offset(at: Instant(milliseconds: 1_768_478_400_000)) == 20_700_000)
    }

    @Test(
        "a broken file is no reason to fall over", arguments: ["Z", "L a", "Z A/B", "\n \n", "Z A/B 0 - X\nR\nL A/B C"])
    func broken(text: String) {
        let zones = ZoneDatabase(text, folder: "/nonexistent")
        #expect(zones.zone(named: "UTC") == .utc)
        #expect(zones.nearest(to: "X").count <= 1)
    }
}
