namespace BatchGateway.Emulator.Internal;

internal readonly record struct RouteMatch(Endpoint? Endpoint, string Id, bool PathExists);
