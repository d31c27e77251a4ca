namespace BatchGateway.Cli.Doctor;

/// <summary>A call as the network saw it.</summary>
/// <param name="Status">The HTTP status; null when no answer came.</param>
/// <param name="Elapsed">How long the answer took.</param>
internal sealed record MeteredCall(int? Status, TimeSpan Elapsed);
