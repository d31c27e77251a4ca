namespace BatchGateway.Emulator.Internal;

/// <summary>Tells the server to close the connection in the middle of a body; never leaves the emulator.</summary>
internal sealed class CutShortException : Exception;
