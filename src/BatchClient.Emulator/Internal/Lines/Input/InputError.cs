namespace BatchGateway.Emulator.Internal;

internal sealed record InputError(string Code, string Message, string? Param, int? Line);
