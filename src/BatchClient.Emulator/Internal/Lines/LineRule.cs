namespace BatchGateway.Emulator.Internal;

/// <summary>What becomes of some lines; <see cref="Takes"/> is told a line and the lot that it drew for this rule, from 0 to below 1.</summary>
internal sealed record LineRule(Func<EmulatedRequest, double, bool> Takes, Func<EmulatedRequest, EmulatedResponse> Become);
