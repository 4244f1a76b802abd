import Foundation

/// Waits for something to come about, for as long as a very slow machine may need. Returns whether it has.
public func eventually(_ condition: () throws -> Bool) rethrows -> Bool {
    for _ in 0..<12_000 {
        if try condition() { return true }
        usleep(5000)
    }
    return false
}
