import CaseStore
import Complaints
import Foundation
import Testing

@testable import casekeeper

@Suite("casekeeper token", .serialized)
struct TokenCommandTests {
    let folder = try! TemporaryFolder()

    @Test("makes a token whose secret is shown once, lists it, and revokes it")
    func roundTrip() throws {
        let made = try Binary.run(
            ["token", "create", "Ann Lee", "--role", "agent", "--expires-in", "P90D"], in: folder)
        #expect(made.exitCode == 0)
        let secret = try #require(TokenSecret(made.output.trimmingCharacters(in: .newlines)))
        let place = folder.path("casekeeper.db")
        #expect(made.errors.hasPrefix("Made a new database, \(place): "))
        #expect(made.errors.contains("\nToken 1 for Ann Lee (agent) ends at "))
        #expect(made.errors.contains(", in \(place). The secret is shown this once only."))

        let store = try CaseStore(path: folder.path("casekeeper.db"))
        let token = try #require(try store.makeReader().read { try $0.token(secret) })
        #expect(token.name == "Ann Lee")
        #expect(token.role == .agent)
        #expect(token.expiresAt == token.createdAt + .days(90))

        let listed = try Binary.run(["token", "list"], in: folder)
        #expect(listed.output.hasPrefix("1\tAnn Lee\tagent\tshared\tends at "))
        #expect(!listed.output.contains(secret.text))

        let revoked = try Binary.run(["token", "revoke", "1"], in: folder)
        #expect(revoked.output == "Token 1 for Ann Lee is revoked.\n")
        #expect(
            try Binary.run(["token", "list"], in: folder).output.hasPrefix("1\tAnn Lee\tagent\tshared\trevoked at "))
    }

    @Test("for somebody whom nobody knows warns of that, with whom is known by a name like it, and names nobody")
    func newOwner() throws {
        func create(_ owner: String) throws -> String {
            let made = try Binary.run(["token", "create", "laptop", "--role", "agent", "--owner", owner], in: folder)
            #expect(made.exitCode == 0 && TokenSecret(made.output.trimmingCharacters(in: .newlines)) != nil)
            return made.errors
        }
        let new = try create("Kim")
        #expect(
            new.hasSuffix(
                "\nNobody was known as Kim until now: fine for somebody new, and else revoke it with casekeeper token revoke 1.\n"
            ) && !new.contains("Warning"))
        let store = try CaseStore(path: folder.path("casekeeper.db"))
        #expect(try store.makeReader().read { try $0.ownerRecord("Kim")?.owner?.isNamed } == false)
        _ = try store.write { try $0.createOwner(Incoming(OwnerRequest(name: "Kim")), by: .local) }
        #expect(
            try create("Kimm").contains(
                "\nWarning: Nobody is known as Kimm. Did you mean Kim? If so, revoke it with casekeeper token revoke 2,"
            ))
        #expect(try !create("kim").contains("Warning"))
        #expect(try store.makeReader().verify().findings == [])
    }

    @Test("says which database it wrote, and that it is new only where it is")
    func which() throws {
        _ = try Binary.run(["migrate", "--database", "other.db"], in: folder)
        let made = try Binary.run(["token", "create", "Ann", "--role", "agent", "--database", "other.db"], in: folder)
        #expect(made.errors.hasPrefix("Token 1 for Ann (agent) does not expire, in \(folder.path("other.db")). "))
        #expect(!folder.has("casekeeper.db"))
    }

    static let mistakes: [(arguments: [String], exitCode: Int32)] = [
        (["create"], 64), (["create", "x"], 64), (["create", "x", "--role", "king"], 64),
        (["create", " ", "--role", "admin"], 64), (["create", "x", "--role", "admin", "--expires-in", "P1Y"], 64),
        (["create", "x", "--role", "admin", "--expires-in", "PT0S"], 64), (["list"], 66), (["revoke", "1"], 66),
        (["revoke", "one"], 64), (["destroy"], 64), (["create", "x", "--role", "agent", "--owner", "policy"], 64),
        (["create", "x", "--role", "agent", "--owner", "Me"], 64), (["create", "сlock", "--role", "agent"], 64),
    ]

    @Test("says what is wrong with the command line", arguments: mistakes)
    func usage(arguments: [String], exitCode: Int32) throws {
        let result = try Binary.run(["token"] + arguments, in: folder)
        #expect(result.exitCode == exitCode, "\(result.errors)")
        #expect(!result.errors.isEmpty)
        #expect(!folder.has("casekeeper.db"))
    }

    @Test("says of a negative number that it is one, with an option behind it or not")
    func negative() throws {
        for arguments in [["-1"], ["-1", "--database", "x.db"], ["--", "-1"]] {
            let result = try Binary.run(["token", "revoke"] + arguments, in: folder)
            #expect(result.exitCode == 64)
            let words = "The value '-1' is invalid for '<id>': it must not be negative, but a whole number from 1"
            #expect(result.errors.contains(words), "\(result.errors)")
        }
    }

    @Test("a token that is not there can't be revoked")
    func unknown() throws {
        _ = try Binary.run(["migrate"], in: folder)
        let result = try Binary.run(["token", "revoke", "7"], in: folder)
        #expect(result.exitCode == 65)
        #expect(result.errors == "casekeeper: there is no token 7\n")
    }
}
