namespace Helpdesk;

/// <summary>Who answers a ticket.</summary>
public enum Team
{
    Support,
    Billing,
    Security,
}
