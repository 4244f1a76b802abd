import Complaints
import Testing

@Suite("What a kind of log entry says of itself")
struct LogFormTests {
    @Test("names each of its values once", arguments: LogKind.allCases)
    func names(kind: LogKind) {
        let names = kind.form.facts.map(\.name)
        #expect(Set(names).count == names.count)
    }

    @Test("decides what an erasure leaves of an entry's texts", arguments: LogKind.allCases)
    func erased(kind: LogKind) {
        for fact in kind.form.facts where fact.privacy.isText {
            let left = Erasure.texts([Fact(fact.name, .text("Ida"))], of: kind)
            #expect(left == [Fact(fact.name, .text(fact.privacy.leavesLog ? "[erased]" : "Ida"))])
        }
        let left = Erasure.texts([Fact("of_another_version", .text("Ida"))], of: kind)
        #expect(left == [Fact("of_another_version", .text("[erased]"))], "what is not known is taken")
    }

    @Test("has every field of a case, as it is and as it was, when the case is edited")
    func edits() {
        let names = LogKind.caseUpdated.form.facts.map(\.name)
        for field in CaseFields.editedFields {
            for name in field.loggedNames { #expect(names.contains(name) && names.contains("\(name)_before")) }
        }
    }

    @Test("is of the clock alone where it is of a machine kind: written by nobody, and with no words to be found")
    func machine() {
        #expect(LogKind.machine.count == 6)
        for kind in LogKind.machine {
            #expect(
                kind.form.about == (kind == .digestReady ? .owner : .case) && !kind.form.isWritten
                    && !kind.form.mayPromise)
            #expect(kind.form.facts.allSatisfy { !$0.isSearched && $0.privacy != .personal })
            #expect(kind.form.event.kinds == [kind], "whoever follows it hears of nothing else")
        }
    }

    @Test("has what is searched among the texts alone")
    func searched() {
        // What is in no case's log is searched in none.
        let ofNoCase: Set<LogKind> = [.customerMerged, .customerUnmerged, .handover]
        for kind in LogKind.allCases where !ofNoCase.contains(kind) {
            for fact in kind.form.facts where fact.privacy.isText && LogKind.searchedTexts.contains(fact.name) {
                #expect(fact.isSearched, "\(kind.rawValue) has \(fact.name)")
            }
            #expect(kind.form.facts.allSatisfy { !$0.isSearched || $0.privacy == .personal })
        }
    }
}
