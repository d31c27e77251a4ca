using BatchGateway.Peers;

// Lets clients that this project did not write walk the emulator: OpenAI's own Node client, or the command given after "--".
// Every API path gets an emulator of its own. The last line says how many checks passed; the exit code is 1 when one failed.
string[] apiPaths = ["/v1", "/api/llm/api/inference/openai"];

IPeer peer = args.Length == 0 ? await NodeWalk.InstallAsync() : new CommandPeer(args);
PeerResult total = PeerResult.None;
foreach (string apiPath in apiPaths)
{
    Console.WriteLine($"# {apiPath}");
    total += await PeerRun.AgainstAsync(peer, apiPath);
}

Console.WriteLine($"{total.Passed} passed, {total.Failed} failed");
return total is { Passed: > 0, Failed: 0 } ? 0 : 1;
