using BatchGateway.Fuzz.Giants;
using BatchGateway.Fuzz.Running;

namespace BatchGateway.Fuzz;

/// <summary>The whole program, for the command line and for the tests.</summary>
public static class FuzzProgram
{
    /// <summary>Runs what the words ask for and writes what was seen.</summary>
    /// <returns>0 when nothing was broken, 1 when something was, 2 when the words make no sense.</returns>
    public static async Task<int> RunAsync(string[] words, TextWriter output)
    {
        ArgumentNullException.ThrowIfNull(output);
        if (FuzzSettings.Read(words) is not { } settings)
        {
            await output.WriteLineAsync(FuzzSettings.Usage).ConfigureAwait(false);
            return 2;
        }

        if (settings.Replay is not null)
            return await new Replay(settings, output).RunAsync().ConfigureAwait(false);

        // The giants first: what they take shows in the most memory that the process ever had.
        bool isGood = await GiantProgram.RunAsync(settings.Only, output).ConfigureAwait(false);
        isGood &= await new Campaign(settings, output).RunAsync().ConfigureAwait(false);
        return isGood ? 0 : 1;
    }
}
