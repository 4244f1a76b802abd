/// Holds a loop's state where its type is not known, so that loops and connections need not be generic.
class LoopStateBox {}

final class TypedLoopStateBox<State>: LoopStateBox {
    let state: State

    init(_ state: State) {
        self.state = state
    }
}
