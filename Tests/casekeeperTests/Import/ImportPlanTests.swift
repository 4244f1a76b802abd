import Testing

@testable import casekeeper

@Suite("An import's plan")
struct ImportPlanTests {
    struct Mistake: Sendable, CustomTestStringConvertible {
        var maps = ["complaint=A"]
        var sets = ["customer.name=B"]
        var valueMaps: [String] = []
        var blanks: [String] = []
        let expected: String

        var testDescription: String { expected }
    }

    @Test(
        "says what is wrong with the options",
        arguments: [
            Mistake(maps: [], expected: "a case needs complaint"),
            Mistake(sets: [], expected: "a case needs customer.name"),
            Mistake(maps: ["complaint"], expected: "'complaint' is not of the form --map"),
            Mistake(maps: ["complaint="], expected: "is not of the form --map"),
            Mistake(maps: ["=A"], expected: "'' is no field"),
            Mistake(maps: ["complaints=A"], expected: "'complaints' is no field; the fields are complaint,"),
            Mistake(maps: ["complaint=A", "complaint=B"], expected: "complaint is mapped twice"),
            Mistake(sets: ["customer.name=A", "customer.name=B"], expected: "customer.name is set twice"),
            Mistake(valueMaps: ["channel:Web=web"], expected: "--value-map for channel, but no --map for it"),
            Mistake(valueMaps: ["complaint=x"], expected: "is not of the form --value-map"),
            Mistake(valueMaps: ["complaint:x"], expected: "is not of the form --value-map"),
            Mistake(blanks: ["owner=skip"], expected: "--blank for owner, but no --map for it"),
            Mistake(blanks: ["complaint=skip", "complaint=skip"], expected: "--blank for complaint is given twice"),
            Mistake(blanks: ["complaint=now"], expected: "is not of the form --blank"),
            Mistake(blanks: ["complaint=Skip"], expected: "is not of the form --blank"),
            Mistake(blanks: ["skip"], expected: "is not of the form --blank"),
        ])
    func mistakes(mistake: Mistake) {
        let error = #expect(throws: ImportPlan.SyntaxError.self) {
            try ImportPlan(
                maps: mistake.maps, sets: mistake.sets, valueMaps: mistake.valueMaps, blanks: mistake.blanks)
        }
        #expect(error?.description.contains(mistake.expected) == true, "\(error?.description ?? "")")
    }

    @Test(
        "takes the first column that is not blank, then what was set",
        arguments: [
            (["a", "b", "c"], "a"), ([" \n", "b", "c"], "b"), (["", "", "c"], "default"), ([" a ", "b", ""], " a "),
            (["Old", "b", "c"], "new"), (["", "k=v", "c"], "pair"),
        ])
    func values(row: [String], expected: String) throws {
        let plan = try ImportPlan(
            maps: ["complaint=First|Second"], sets: ["complaint=default", "customer.name=x"],
            valueMaps: ["complaint:Old=new", "complaint:k=v=pair"])
        let bound = try BoundPlan(plan, header: ["First", "Second", "Third"])
        #expect(bound.value(.complaint, in: row) == expected)
        #expect(bound.value(.customerName, in: row) == "x")
        #expect(bound.value(.externalID, in: row) == nil)
    }

    @Test("names the columns that are missing, and those there are")
    func missing() throws {
        let plan = try ImportPlan(maps: ["complaint=A|B|C", "customer.name=D"], sets: [], valueMaps: [])
        let error = #expect(throws: BoundPlan.Mismatch.self) { try BoundPlan(plan, header: ["B", "E"]) }
        #expect(error?.description == "it has no column 'A', 'C', 'D'; it has 'B', 'E'")
    }

    @Test("refuses a column that is there twice")
    func ambiguous() throws {
        let plan = try ImportPlan(maps: ["complaint=A"], sets: ["customer.name=x"], valueMaps: [])
        let error = #expect(throws: BoundPlan.Mismatch.self) { try BoundPlan(plan, header: ["A", "B", "A"]) }
        #expect(error?.description == "it has more than one column 'A'")
        #expect(throws: Never.self) { try BoundPlan(plan, header: ["A", "B", "B"]) }
    }
}
