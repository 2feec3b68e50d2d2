import { LightningElement, api, wire } from 'lwc';
import { getFieldValue, getRecord } from 'lightning/uiRecordApi';
import { loadScript } from 'lightning/platformResourceLoader';
import agentSdk from '@salesforce/resourceUrl/cobrowseAgentSdk';
import open from '@salesforce/apex/CobrowseEmbed.open';
import { fieldsOf, valuesOf } from './record';

/** The shortest time after which a token is renewed, and the first pause after a failure, in seconds. */
const PAUSE = 30;

/** The devices of the customer whose record is open. */
export default class CobrowseWidget extends LightningElement {
    @api recordId;
    @api objectApiName;
    /** "dashboard", "code" or "connect". */
    @api page = 'dashboard';
    /** The height in pixels. */
    @api height = 900;

    problem;
    url;
    /** The record that `url` is for. */
    openedId;
    /**
     * What is open: the request with its last answer, Cobrowse's SDK once there is a frame, when the token ends, the timer
     * of the next one, and the pause after a failure in seconds.
     */
    opening;
    /** The frame that was given a token last, and for what. */
    handed = {};

    /** The URL of the frame; none once another record is shown, of which nothing is known yet. */
    get source() {
        return this.openedId === this.recordId ? this.url : undefined;
    }

    get frameStyle() {
        return `width: 100%; border: 0; height: ${Number(this.height) || 900}px`;
    }

    get fields() {
        return fieldsOf(this.objectApiName);
    }

    @wire(getRecord, { recordId: '$recordId', optionalFields: '$fields' })
    showRecord({ data, error }) {
        if (!data && !error) {
            return;
        }
        try {
            const values = valuesOf(this.objectApiName, (field) => {
                if (error) {
                    throw new Error('This record cannot be read.');
                }
                return getFieldValue(data, field);
            });
            this.show({ page: this.page, type: this.objectApiName, fields: values });
        } catch (refusal) {
            // No frame at all: one without a filter would show the devices of everybody.
            this.close();
            this.problem = refusal.message;
        }
    }

    /** Has the bridge judge the user and make the URL; a record that was read again and is the same stays as it is. */
    async show(request) {
        const text = JSON.stringify([this.recordId, request]);
        if (this.opening && this.opening.text === text) {
            return;
        }
        this.close();
        const opening = { text, request, recordId: this.recordId };
        this.opening = opening;
        try {
            const answer = await open(request);
            if (this.opening !== opening) {
                return;
            }
            opening.answer = answer;
            this.url = answer.url;
            this.openedId = opening.recordId;
            this.renewLater(opening, answer.expiresIn);
        } catch (failure) {
            this.fail(opening, failure);
        }
    }

    renderedCallback() {
        const frame = this.template.querySelector('iframe');
        const opening = frame ? this.opening : undefined;
        if (this.handed.frame === frame && this.handed.opening === opening) {
            return;
        }
        // Also a frame that is gone is remembered: the next one is another, and needs a token of its own.
        this.handed = { frame, opening };
        if (opening) {
            this.handOver(frame, opening);
        }
    }

    /** Gives the frame its token: by postMessage, so that it stands in no URL. */
    async handOver(frame, opening) {
        try {
            await loadScript(this, agentSdk);
            if (this.handed.frame !== frame || this.opening !== opening) {
                return;
            }
            const { token, url } = opening.answer;
            opening.cobrowse = new window.CobrowseAPI(token, { api: new URL(url).origin });
            await opening.cobrowse.attachContext(frame);
        } catch (failure) {
            this.fail(opening, failure);
        }
    }

    /** Two thirds of a token's life are over before the next one is had, which leaves time to try again. */
    renewLater(opening, seconds) {
        opening.ends = Date.now() + seconds * 1000;
        opening.pause = PAUSE;
        opening.timer = setTimeout(() => this.renew(opening), Math.max((seconds * 2) / 3, PAUSE) * 1000);
    }

    /** Tries again after pauses that double, for the last time when the old token ends: then nothing is open any more. */
    retryLater(opening, failure) {
        const left = opening.ends - Date.now();
        if (this.opening !== opening || left <= 0) {
            this.fail(opening, failure);
            return;
        }
        this.problem = messageOf(failure);
        opening.timer = setTimeout(() => this.renew(opening), Math.min(opening.pause * 1000, left));
        opening.pause *= 2;
    }

    /** The user is judged anew. Who is refused goes on until the old token ends, and reads why. */
    async renew(opening) {
        try {
            const answer = await open(opening.request);
            if (this.opening !== opening) {
                return;
            }
            opening.answer = answer;
            if (opening.cobrowse) {
                opening.cobrowse.token = answer.token;
            }
            this.problem = undefined;
            this.renewLater(opening, answer.expiresIn);
        } catch (failure) {
            this.retryLater(opening, failure);
        }
    }

    /** Shows why nothing is open. An answer that comes late says nothing about what is shown by then. */
    fail(opening, failure) {
        if (this.opening === opening) {
            this.close();
            this.problem = messageOf(failure);
        }
    }

    close() {
        clearTimeout(this.opening && this.opening.timer);
        this.opening = undefined;
        this.url = undefined;
        this.problem = undefined;
    }

    disconnectedCallback() {
        this.close();
    }
}

function messageOf(failure) {
    return (failure.body && failure.body.message) || failure.message;
}
