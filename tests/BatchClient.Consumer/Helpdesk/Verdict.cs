using System.ComponentModel;

namespace Helpdesk;

/// <summary>What the model says about a ticket. Its schema, descriptions included, goes along with every question.</summary>
public sealed record Verdict(
    [property: Description("The team that should answer.")] Team Team,
    [property: Description("Whether the customer cannot work until somebody answers.")] bool IsUrgent,
    [property: Description("The ticket in one sentence.")] string Summary);
