import CaseStore
import Complaints
import Testing

@testable import CaseAPI

@Suite("What GET gave is taken back by PUT")
struct SentBackTests {
    private let desk: TestDesk
    private var client: TestClient { desk.client }

    private static let paths = [
        "/v1/calendars/default", "/v1/calendars/england-and-wales", "/v1/regimes/Two%20steps", "/v1/policies/Loud",
        "/v1/policies/normal",
    ]

    init() throws {
        desk = try TestDesk()
        try desk.putTwoSteps()
        let calendar = #"{"time_zone":"Europe/Berlin","weekly":{"mon":[["09:00","17:00"]]},"teams":["north"]}"#
        #expect(try client.put("/v1/calendars/default", calendar).status == 201)
        let rule = #"{"match":{"mood":["angry"]},"acknowledge_in":"PT2H","follow_up_in":"P3D","regime":"two steps"}"#
        #expect(try client.put("/v1/policies/Loud", rule).status == 201)
    }

    private func get(_ path: String) throws -> String { try client.get(path).response.text }

    @Test("and changes nothing, with all members that only the service writes", arguments: paths)
    func unchanged(path: String) throws {
        let body = try get(path)
        let answer = try client.put(path, body)
        #expect(answer.status == 200, "\(answer.response.text)")
        if path.hasSuffix("england-and-wales") {
            #expect(answer["version"].integer == 1 && answer["shipped"].flag == false, "it is on record from now on")
        } else {
            #expect(try get(path) == body)
        }
        #expect(try desk.store.makeReader().verify().findings == [])
    }

    @Test("with another version, or as another one's, it is refused, and told what there is", arguments: paths)
    func changed(path: String) throws {
        let body = try get(path)
        let version = try client.get(path)["version"].integer ?? 0
        let other = body.replacing(#""version":\#(version),"#, with: #""version":7,"#)
        #expect(other != body)
        let refused = try client.put(path, other)
        #expect(
            refused.status == 422 && refused.errors.first == "#/version read_only_field", "\(refused.response.text)")
        #expect(refused.errors.allSatisfy { $0.hasSuffix(" read_only_field") })
        #expect(refused.response.text.contains("it is \(version) by now"))
        let copied = try client.put(path.replacing("/default", with: "/other") + "x", body)
        #expect(copied.status == 422 && copied.errors.contains("#/name read_only_field"), "\(copied.response.text)")
        #expect(try get(path) == body)
    }

    @Test("its own fields changed, the rest as it came, that is the change")
    func edited() throws {
        let calendar = try get("/v1/calendars/default").replacing(#""17:00""#, with: #""16:00""#)
        let changed = try client.put("/v1/calendars/default", calendar)
        #expect(changed.status == 200 && changed["version"].integer == 2, "\(changed.response.text)")
        let regime = try get("/v1/regimes/Two%20steps").replacing("Rule 1", with: "Rule 2")
        #expect(try client.put("/v1/regimes/Two%20steps", regime)["version"].integer == 2)
        let policy = try get("/v1/policies/normal").replacing(#""load_cap":10"#, with: #""load_cap":11"#)
        let edited = try client.put("/v1/policies/normal", policy)
        #expect(edited.status == 200 && edited["load_cap"].integer == 11, "\(edited.response.text)")
        // Whoever changes it by what they saw before that is told.
        #expect(try client.put("/v1/calendars/default", calendar).errors.contains("#/version read_only_field"))
    }

    @Test("the place of a severity's policy is no other policy's to take")
    func place() throws {
        #expect(try client.put("/v1/policies/Loud", #"{"position":1000000}"#).errors == ["#/position out_of_range"])
        #expect(
            try client.put("/v1/policies/normal", #"{"match":{"severity":["low"]}}"#).errors
                == ["#/match/severity read_only_field"])
    }

    @Test("members of an object are in no order, and numbers are what they are")
    func same() throws {
        func value(_ text: String) throws -> JSONValue { try JSONParser.value(of: Array(text.utf8)) }
        let cases: [(String, String, Bool)] = [
            (#"{"a":1,"b":[2,{"c":null}]}"#, #"{"b":[2.0,{"c":null}],"a":1e0}"#, true),
            (#"{"a":1}"#, #"{"a":1,"b":null}"#, false), (#"[1,2]"#, #"[2,1]"#, false),
            ("1.5", "1.5", false), (#""é""#, #""e\u0301""#, false), (#"{"a":1}"#, #"{"b":1}"#, false),
        ]
        for (a, b, expected) in cases {
            #expect(try value(a).isSame(as: value(b)) == expected, "\(a) \(b)")
        }
    }
}
