namespace BatchGateway.Runs.Internal;

/// <summary>The store of runs cannot be used.</summary>
internal sealed class RunStoreException(string message, Exception? innerException = null) : BatchClientException(message, innerException);
