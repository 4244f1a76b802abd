import CaseStore
import Complaints
import Foundation
import Testing

@testable import casekeeper

@Suite("Names in a file that nobody was known by", .serialized)
struct NewNameTests {
    let folder = try! TemporaryFolder(inMemory: true)

    private let line = [
        "import", "a.csv", "--map", "external_id=id", "--map", "complaint=text", "--map", "owner=owner", "--map",
        "promise.owner=by", "--map", "supervisor=boss", "--set", "customer.name=Ann", "--set",
        "received_at=2024-01-01T00:00:00Z", "--rejects", "r.csv",
    ]

    private func names(_ result: RunResult) -> [String] {
        result.output.split(separator: "\n").dropFirst().map(String.init).filter { !$0.hasPrefix("line ") }
    }

    @Test("are listed with their rows and the name that was meant, in a dry run as well, and once")
    func listed() throws {
        try folder.write("id,text,owner,by,boss\n0,It leaks,Kim,,\n", to: "a.csv")
        #expect(names(try Binary.run(line, in: folder)) == ["1 name that nobody was known by:", "  Kim (line 2)"])
        try folder.write(
            "id,text,owner,by,boss\n1,a,Kim,Kimm,\n2,b,KIM,Ludwig,Ludwih\n3,c,Ludwig,Ludwig,\n4,d,,,Kim\n5,,Zoe,,\n",
            to: "a.csv")
        let told = [
            "3 names that nobody was known by:", "  Kimm (line 2), did you mean Kim?",
            "  Ludwih (line 3), did you mean Ludwig?", "  Ludwig (2 rows from line 3)",
        ]
        for batch in ["1", "500"] {
            let dry = try Binary.run(line + ["--dry-run", "--batch-size", batch], in: folder)
            #expect(Array(names(dry).prefix(4)) == told, "\(dry)")
        }
        #expect(names(try Binary.run(line + ["--batch-size", "1"], in: folder)) == told)
        #expect(names(try Binary.run(line, in: folder)) == [], "what is there gives nobody anything")
        try folder.write("id,text,owner,by,boss\n1,a,Kin,,\n", to: "a.csv")
        let update = try Binary.run(line + ["--update"], in: folder)
        #expect(names(update) == ["1 name that nobody was known by:", "  Kin (line 2), did you mean Kim?"])
    }

    @Test("are twenty at most, and those that occur least")
    func bounded() throws {
        let rows = (0..<60).map { "\($0),text,Name \($0 / 2 * 3 % 41),," }.joined(separator: "\n")
        try folder.write("id,text,owner,by,boss\n\(rows)\n", to: "a.csv")
        let told = names(try Binary.run(line, in: folder))
        #expect(told[0] == "30 names that nobody was known by, among them:" && told.count == 21, "\(told)")
    }

    @Test(
        "are refused with --known-owners, by the same words with a dry run; those on record and colleagues asked are not"
    )
    func refused() throws {
        try folder.write("id,text,owner,by,boss\n0,It leaks,Kim,,\n", to: "a.csv")
        #expect(try Binary.run(line, in: folder).exitCode == 0)
        try folder.write(
            "id,text,owner,by,boss\n1,a,Kimm,,\n2,b,Kim,Lu,\n3,c,kim,KIM,Boss\n4,d,Kimm,Lu,\n", to: "a.csv")
        for more in [["--dry-run"], []] {
            let result = try Binary.run(line + ["--known-owners"] + more, in: folder)
            #expect(result.exitCode == 65 && result.output.contains(" 3 refused"), "\(result)")
            let reasons = try folder.read("r.csv")
            #expect(reasons.contains("owner: Nobody is known as Kimm. Did you mean Kim? --value-map "))
            #expect(reasons.contains("promise.owner: Nobody is known as Lu. --value-map "))
            #expect(reasons.contains("(unknown_owner)"))
        }
        try folder.write("id,text,owner,by,boss\n0,It leaks,Kimm,,\n", to: "a.csv")
        let update = try Binary.run(line + ["--known-owners", "--update"], in: folder)
        #expect(update.exitCode == 65 && update.output.contains("0 already there, 1 refused"))
    }
}
