/// A fault could not be made, so the test has shown nothing.
struct FaultToolFailure: Error, CustomStringConvertible {
    let description: String
}
