using System.Collections.Concurrent;
using BatchGateway.Emulator;

namespace BatchGateway.Tests.Misfortunes;

/// <summary>Lives every life once, whoever asks for it first: the test of the row, or the page.</summary>
internal static class Lives
{
    private const int AtATime = 4;

    private static readonly SemaphoreSlim Gate = new(AtATime, AtATime);

    private static readonly ConcurrentDictionary<(Misfortune, EmulatorPersonality), Lazy<Task<Observed>>> All = [];

    private static readonly ConcurrentDictionary<(EmulatorPersonality, bool), Lazy<Task<IReadOnlyList<LifeStep>>>> Undisturbed = [];

    public static Task<Observed> OfAsync(Misfortune misfortune, EmulatorPersonality personality) =>
        All.GetOrAdd((misfortune, personality), key => new(() => Task.Run(() => ObserveAsync(key.Item1, key.Item2)))).Value;

    private static async Task<Observed> ObserveAsync(Misfortune misfortune, EmulatorPersonality personality)
    {
        IReadOnlyList<LifeStep> usual = await UsualAsync(personality, misfortune.Cancels);
        await Gate.WaitAsync();
        try
        {
            await using Scene scene = await Scene.StartAsync(misfortune, personality);
            Life life = new(misfortune, scene);
            await life.RunAsync();
            scene.End();
            scene.Token = null;
            // What comes late has come.
            scene.Emulator.Clock.Advance(TimeSpan.FromHours(1));
            Account account = new(scene.Emulator, life.Outcomes, life.Unmatched);
            string did = misfortune.Did ?? ClientsView.Of(misfortune, life.Steps, usual, await account.FilesLeftAsync());
            bool tooEarly = life.Steps.Any(step => ClientsView.PauseAfterRefusal(step) < misfortune.Told);
            string sees = UsersView.Of(misfortune, life);
            return new Observed(did, sees, await account.LinesLostAsync(), account.CreatedTwice, account.PaidTwice, tooEarly);
        }
        finally
        {
            Gate.Release();
        }
    }

    private static Task<IReadOnlyList<LifeStep>> UsualAsync(EmulatorPersonality personality, bool cancels) =>
        Undisturbed.GetOrAdd((personality, cancels), key => new(() => Task.Run(() => LiveAsync(key.Item1, key.Item2)))).Value;

    private static async Task<IReadOnlyList<LifeStep>> LiveAsync(EmulatorPersonality personality, bool cancels)
    {
        Misfortune none = new("none", _ => { }) { Cancels = cancels };
        await using Scene scene = await Scene.StartAsync(none, personality);
        Life life = new(none, scene);
        await life.RunAsync();
        return life.Steps;
    }
}
