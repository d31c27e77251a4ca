namespace BatchGateway.Internal.Operations;

/// <summary>Pauses between looks that grow to a longest one.</summary>
internal static class Pauses
{
    public static TimeSpan Next(TimeSpan pause, double growth, TimeSpan longest) => pause * growth < longest ? pause * growth : longest;
}
