using BatchGateway.Emulator;

namespace BatchGateway.Runs.Chaos.Modes;

/// <summary>What the gateway does to batches and to answers. A seed decides.</summary>
internal static class Weather
{
    /// <summary>How many batches are refused.</summary>
    public const int RefusedBatches = 4;

    /// <summary>Why a line is refused.</summary>
    public const string BadLine = "Bad temperature.";

    /// <summary>
    /// Batches that live for half a minute, and lines of every fate. It follows from the seed, the custom id and the attempt, so that a run without
    /// misfortune has the same outcomes.
    /// </summary>
    public static EmulatorScript Script(int seed, Scenario scenario)
    {
        EmulatorScript script = new()
        {
            ValidatingFor = TimeSpan.FromSeconds(2),
            RunningFor = TimeSpan.FromSeconds(30),
            FinalizingFor = TimeSpan.FromSeconds(3),
            Seed = seed,
        };
        EmulatorScript life = scenario switch
        {
            // Still in flight when the run is cut short, however long a process takes to start.
            Scenario.Cancelled or Scenario.PastItsDeadline => script with
            {
                RunningFor = TimeSpan.FromMinutes(30),
                CancellingFor = TimeSpan.FromMinutes(1),
            },
            Scenario.Expiring => script with { ExpiresAfter = TimeSpan.FromSeconds(17) },
            _ => script,
        };
        return life
            .Lines(request => request.CustomId.EndsWith('7'), EmulatedResponse.Error(400, "invalid_value", "Never any good."))
            .Lines(0.1, EmulatedResponse.Error(429, "rate_limit_exceeded", "Too fast."))
            .Lines(0.05, EmulatedResponse.Unanswered("request_timeout", "Too slow."));
    }

    /// <summary>The first batches are refused for their third line.</summary>
    public static void RefuseFirst(BatchGatewayEmulator emulator) => emulator.ScriptNextBatch(
        emulator.Script.FailsValidation("invalid_value", BadLine, line: 3), times: RefusedBatches);

    /// <summary>Answers are lost on every call: most of all on the one that costs money.</summary>
    public static void Storm(BatchGatewayEmulator emulator, int seed)
    {
        emulator.OnCreateBatch.Sometimes(0.2, seed).LoseAnswer();
        emulator.OnCreateBatch.Sometimes(0.15, seed + 1).AnswerAfterWork(502, "<html>Bad gateway</html>", "text/html");
        emulator.OnCreateBatch.Sometimes(0.05, seed + 2).CutBody(20);
        emulator.OnCreateBatch.Sometimes(0.05, seed + 3).Answer(503);
        // Half a second in which the batch exists and a kill at random may come before its answer; and one in which it may come before the batch.
        emulator.OnCreateBatch.Sometimes(0.2, seed + 13).SlowBody(TimeSpan.FromSeconds(5), chunkBytes: 64);
        emulator.OnCreateBatch.Sometimes(0.1, seed + 14).Delay(TimeSpan.FromMinutes(1));
        emulator.OnGetBatch.Sometimes(0.2, seed + 4).Answer(503);
        emulator.OnGetBatch.Sometimes(0.1, seed + 5).Drop();
        emulator.OnListBatches.Sometimes(0.15, seed + 6).Answer(500);
        emulator.OnUploadFile.Sometimes(0.1, seed + 7).LoseAnswer();
        emulator.OnUploadFile.Sometimes(0.1, seed + 8).AnswerAfterWork(502);
        emulator.OnFileContent.Sometimes(0.2, seed + 9).CutBody(700);
        emulator.OnFileContent.Sometimes(0.1, seed + 10).CutBody(400, withLength: false);
        emulator.OnFileContent.Sometimes(0.1, seed + 11).Answer(502);
        emulator.OnDeleteFile.Sometimes(0.1, seed + 12).LoseAnswer();
    }
}
