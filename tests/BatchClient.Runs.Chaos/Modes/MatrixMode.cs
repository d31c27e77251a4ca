using System.Globalization;
using BatchGateway.Emulator;

namespace BatchGateway.Runs.Chaos.Modes;

/// <summary>The matrix itself: every round with a list to look into, and without.</summary>
internal static class MatrixMode
{
    private const string Usage = "usage: BatchClient.Runs.Chaos [--rounds N] [--seed S] [--kills K] [--only openai|documented] "
        + "[--scenario whole|cancelled|pastItsDeadline|expiring|badLines]";

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
            foreach (Scenario scenario in options.Scenarios)
            {
                IEnumerable<Round> both = options.Personalities.Select(one => new Round(Settings(options, scenario, one, seed)));
                foreach (RoundReport report in await Task.WhenAll(both.Select(one => one.RunAsync())))
                {
                    Table.Print(Console.Out, report);
                    violations += report.Violations.Count;
                }
            }
        }

        Console.WriteLine();
        Console.WriteLine(violations == 0 ? "No violations." : string.Create(CultureInfo.InvariantCulture, $"{violations} violations."));
        return violations == 0 ? 0 : 1;
    }

    private static RoundSettings Settings(MatrixOptions options, Scenario scenario, EmulatorPersonality personality, int seed) =>
        scenario == Scenario.Whole ? RoundSettings.For(personality, seed, options.Kills) : RoundSettings.For(scenario, personality, seed);
}
