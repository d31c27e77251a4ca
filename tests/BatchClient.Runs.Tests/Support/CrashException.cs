namespace BatchGateway.Runs.Tests.Support;

/// <summary>The process ends here: nothing after the step happens, and nothing is tidied up.</summary>
internal sealed class CrashException(string where) : Exception($"The process was killed {where}.");
