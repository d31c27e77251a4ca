using System.Globalization;
using BatchGateway.Emulator;

namespace BatchGateway.Runs.Chaos.Modes;

/// <summary>The matrix itself: every round with a list to look into, and without.</summary>
internal static class MatrixMode
{
    private const string Usage = "usage: BatchClient.Runs.Chaos [--rounds N] [--seed S] [--kills K] [--only openai|documented]";

    public static async Task<int> RunAsync(string[] args)
    {
        if (MatrixOptions.Parse(args) is not { } options)
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }

        int violations = 0;
        for (int round = 0; round < options.Rounds; round++)
        {
            int seed = options.Seed + round;
            IEnumerable<Round> both = options.Personalities.Select(one => new Round(RoundSettings.For(one, seed, options.Kills)));
            foreach (RoundReport report in await Task.WhenAll(both.Select(one => one.RunAsync())))
            {
                Table.Print(Console.Out, report);
                violations += report.Violations.Count;
            }
        }

        Console.WriteLine();
        Console.WriteLine(violations == 0 ? "No violations." : string.Create(CultureInfo.InvariantCulture, $"{violations} violations."));
        return violations == 0 ? 0 : 1;
    }
}
